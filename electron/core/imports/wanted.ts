import { normalisePlate } from '#shared/domain/plate.ts';
import { lineOf, noteOf } from '#shared/domain/text.ts';
import type { CalendarDate } from '#shared/domain/time.ts';
import { normaliseVin } from '#shared/domain/vin.ts';
import type { ImportColumn, ImportProblem } from '#shared/ipc/vehicles.ts';
import type { FileRecord } from './records.ts';
import { cellText, dateOf, kilometresOf } from './values.ts';

/** What one row of a file says of a vehicle. An empty cell says nothing. */
export interface Wanted {
  plate?: string;
  vin?: string;
  make?: string;
  model?: string;
  engine?: string;
  firstRegistration?: CalendarDate;
  customerName?: string;
  notes?: string;
  kilometres?: number;
  /** The day of that reading; absent when the file does not say. */
  mileageOn?: CalendarDate;
}

export interface ReadRow {
  line: number;
  wanted: Wanted;
  problems: ImportProblem[];
}

type TextColumn = Exclude<ImportColumn, 'vin' | 'firstRegistration' | 'mileage' | 'mileageOn'>;

/** As long as the vehicle's own fields may be. */
const LENGTHS: Record<TextColumn, number> = {
  plate: 16,
  make: 60,
  model: 80,
  engine: 80,
  customerName: 120,
  notes: 4000,
};
/** Making a schema costs far more than using it. */
const schemas = {
  plate: lineOf(LENGTHS.plate),
  make: lineOf(LENGTHS.make),
  model: lineOf(LENGTHS.model),
  engine: lineOf(LENGTHS.engine),
  customerName: lineOf(LENGTHS.customerName),
  notes: noteOf(LENGTHS.notes),
};
const MOST_SHOWN = 200;

/** Reads the cells of a row; what cannot be read is told and left out. */
export function readRow(
  { line, cells }: FileRecord,
  columns: readonly (ImportColumn | undefined)[],
  today: CalendarDate,
): ReadRow {
  const row: ReadRow = { line, wanted: {}, problems: [] };
  // A separator that was not quoted shifts the cells behind it: none of them can be trusted.
  const extra = cells.slice(columns.length).find((cell) => cell.trim() !== '');
  if (extra !== undefined) {
    row.problems.push({ kind: 'too_many_cells', value: shown(extra) });
    return row;
  }
  for (const [index, column] of columns.entries()) {
    const text = cellText(cells[index] ?? '');
    if (column !== undefined && text !== '') readCell(row, column, text, today);
  }
  return row;
}

function readCell(row: ReadRow, column: ImportColumn, text: string, today: CalendarDate): void {
  const { wanted } = row;
  const problem = (kind: ImportProblem['kind']): void =>
    void row.problems.push({ column, kind, value: shown(text) });
  switch (column) {
    case 'vin': {
      const vin = normaliseVin(text);
      if (vin === undefined) problem('invalid_vin');
      else wanted.vin = vin;
      return;
    }
    case 'firstRegistration': {
      const date = dateOf(text, today);
      if (date === undefined) problem('invalid_date');
      else wanted.firstRegistration = date;
      return;
    }
    case 'mileage': {
      const kilometres = kilometresOf(text);
      if (kilometres === undefined) problem('invalid_mileage');
      else wanted.kilometres = kilometres;
      return;
    }
    case 'mileageOn': {
      const on = dateOf(text, today);
      if (on === undefined) problem('invalid_date');
      else wanted.mileageOn = on;
      return;
    }
    case 'plate':
    case 'make':
    case 'model':
    case 'engine':
    case 'customerName':
    case 'notes': {
      const kept = normalText(column, text);
      if (kept.length > LENGTHS[column]) return problem('too_long');
      const parsed = schemas[column].safeParse(kept);
      if (!parsed.success) return problem('characters');
      if (column === 'plate' && normalisePlate(kept) === undefined) return problem('invalid_plate');
      wanted[column] = parsed.data;
    }
  }
}

/** Plates in their usual form, lines with single blanks, notes with their lines ended as the app ends them. */
export function normalText(column: TextColumn, text: string): string {
  const normal = text.normalize('NFC').trim();
  if (column === 'notes') return normal.replace(/\r\n?/g, '\n');
  const line = normal.replace(/\s+/g, ' ');
  return column === 'plate' ? (normalisePlate(line) ?? line) : line;
}

const shown = (text: string): string => text.slice(0, MOST_SHOWN);
