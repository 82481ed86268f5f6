import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FigureResult } from './figure.ts';
import type { Header } from './header.ts';
import { table } from './table.ts';

const folder = join(import.meta.dirname, '..', 'results');
const latest = join(folder, 'latest.json');
const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'performance.md');
const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';

/** Keeps everything of one suite's run, by day. */
export function record(
  suite: string,
  result: Header & { figures: readonly FigureResult[]; samples: object },
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.date}-${suite}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
}

/** Replaces these figures in the committed results, and the table that the documentation shows. */
export function publish(header: Header, results: readonly FigureResult[]): void {
  const before = existsSync(latest)
    ? (JSON.parse(readFileSync(latest, 'utf8')) as { figures: FigureResult[] }).figures
    : [];
  const figures = merge(before, results);
  writeFileSync(latest, `${JSON.stringify({ ...header, figures }, undefined, 2)}\n`);
  const measured = `- ${header.data}\n- ${header.machine}\n\n${table(figures)}`;
  writeFileSync(page, replaceMeasured(readFileSync(page, 'utf8'), measured));
}

/** The newer of each figure, in the order of their numbers. */
export function merge(before: readonly FigureResult[], now: readonly FigureResult[]): FigureResult[] {
  const all = new Map([...before, ...now].map((figure) => [figure.id, figure]));
  return [...all.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** Throws when the page has lost the marks between which the table stands. */
export function replaceMeasured(text: string, measured: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`docs/performance.md needs ${BEGIN} and ${END}`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${measured}\n\n${text.slice(to)}`;
}
