import type { Component } from 'svelte';
import CircleX from '@lucide/svelte/icons/circle-x';
import Equal from '@lucide/svelte/icons/equal';
import Pencil from '@lucide/svelte/icons/pencil';
import Plus from '@lucide/svelte/icons/plus';
import { m } from '#shared/i18n/generated/messages.js';
import type { ImportColumn, ImportPreview, ImportProblem, ImportRow } from '#shared/ipc/vehicles.ts';
import { dots } from '#lib/dots.ts';
import * as format from '#lib/format.ts';
import { vinAdvice } from './vin-advice.ts';

export const VERDICTS = ['add', 'change', 'same', 'invalid'] as const;

type Look = { word: () => string; icon: Component; tone: 'ok' | 'info' | 'neutral' | 'bad' };

/** What becomes of a row: an icon, a word and a colour. */
export const verdicts: Record<ImportRow['verdict'], Look> = {
  add: { word: m.vehicles_verdict_add, icon: Plus, tone: 'ok' },
  change: { word: m.vehicles_verdict_change, icon: Pencil, tone: 'info' },
  same: { word: m.vehicles_verdict_same, icon: Equal, tone: 'neutral' },
  invalid: { word: m.vehicles_verdict_invalid, icon: CircleX, tone: 'bad' },
};

export const columnWords: Record<ImportColumn, () => string> = {
  plate: m.vehicles_plate,
  vin: m.vehicles_vin,
  make: m.vehicles_make,
  model: m.vehicles_model,
  engine: m.vehicles_engine,
  firstRegistration: m.vehicles_first_registration,
  mileage: m.vehicles_mileage,
  mileageOn: m.vehicles_reading_on,
  customerName: m.vehicles_customer,
  notes: m.vehicles_notes,
};

export const encodings: Record<ImportPreview['encoding'], string> = {
  'utf-8': 'UTF-8',
  'utf-16': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

export const separators: Record<ImportPreview['separator'], () => string> = {
  ';': m.vehicles_separator_semicolon,
  ',': m.vehicles_separator_comma,
  tab: m.vehicles_separator_tab,
};

/** A value of the file or of the account as the screens write it. */
export function cell(column: ImportColumn, value: string): string {
  switch (column) {
    case 'mileage':
      return m.vehicles_km({ kilometres: format.count(Number(value)) });
    case 'mileageOn':
    case 'firstRegistration':
      return format.day(value);
    case 'plate':
    case 'vin':
    case 'make':
    case 'model':
    case 'engine':
    case 'customerName':
    case 'notes':
      return value;
  }
}

/** What is wrong with a row, and where a person finds it in their file. */
export function problemWords({ kind, value = '' }: ImportProblem): string {
  switch (kind) {
    case 'missing':
      return m.vehicles_problem_missing();
    case 'invalid_plate':
      return m.vehicles_plate_wrong();
    case 'invalid_vin': {
      const advice = vinAdvice(value);
      return advice.tone === 'bad' ? advice.text : m.vehicles_vin_length({ count: value.length });
    }
    case 'invalid_date':
      return m.vehicles_problem_date();
    case 'invalid_mileage':
      // Digits alone were understood: what is wrong with them is that the odometer would go back.
      return /^\d+$/.test(value) ? m.vehicles_problem_mileage_lower() : m.vehicles_reading_wrong();
    case 'too_long':
      return m.vehicles_problem_too_long();
    case 'characters':
      return m.vehicles_problem_characters();
    case 'twice_in_file':
      return m.vehicles_problem_twice();
    case 'retired':
      return m.vehicles_problem_retired();
    case 'too_many_cells':
      return m.vehicles_problem_cells();
  }
}

/** A row's outcome in one line. */
export function rowSummary(row: ImportRow): string {
  if (row.problems.length > 0) {
    return dots(
      ...row.problems.map((problem) =>
        problem.column
          ? m.vehicles_problem_in({ column: columnWords[problem.column](), problem: problemWords(problem) })
          : problemWords(problem),
      ),
    );
  }
  if (row.verdict === 'add') return m.vehicles_import_new();
  if (row.changes.length === 0) return m.vehicles_import_nothing();
  return dots(
    ...row.changes.map(({ column, before, after }) =>
      before === undefined
        ? m.vehicles_import_gains({ column: columnWords[column](), after: cell(column, after) })
        : m.vehicles_import_becomes({
            column: columnWords[column](),
            before: cell(column, before),
            after: cell(column, after),
          }),
    ),
  );
}
