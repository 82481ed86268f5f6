import type { FigureResult, Unit, Verdict } from './figure.ts';
import type { Sample } from './stats.ts';

const HEADER = ['#', 'figure', 'subject', 'floor', 'ratio', 'goal', 'reached'];

/**
 * A Markdown table, padded so that it reads well in a terminal too. Peers stand below their figure; what was not measured in
 * five fresh processes at least says so.
 */
export function table(results: readonly FigureResult[]): string {
  const rows = results.flatMap((result) => [
    [
      result.id,
      result.title,
      value(result.subject, result.unit) + fewRuns(result.subject),
      value(result.floor, result.unit),
      ratio(result.verdict?.ratio),
      result.goal,
      result.subject ? reached(result.verdict) : 'not measured',
    ],
    ...result.peers.map((peer) => [
      '',
      `against ${peer.name}`,
      '',
      value(peer.sample, result.unit),
      ratio(peer.verdict.ratio),
      peer.goal,
      reached(peer.verdict),
    ]),
  ]);
  const all = [HEADER, ...rows];
  const widths = HEADER.map((_, column) => Math.max(...all.map((row) => (row[column] as string).length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  return [line(HEADER), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** `12.3 ms (11.9 to 14.0)`: the median, then the spread. */
export function value(sample: Sample | undefined, unit: Unit): string {
  if (!sample) return '';
  const { median, min, max } = sample;
  return `${number(median)} ${unit} (${number(min)} to ${number(max)})`;
}

const ENOUGH_RUNS = 5;

function fewRuns(sample: Sample | undefined): string {
  return sample && sample.runs < ENOUGH_RUNS ? `, ${sample.runs} runs` : '';
}

function reached(verdict: Verdict | undefined): string {
  if (verdict?.reached === undefined) return '';
  return verdict.reached ? 'yes' : 'no';
}

function ratio(value: number | undefined): string {
  if (value === undefined) return '';
  return `${value < 0.1 ? value.toFixed(3) : value.toFixed(2)} x`;
}

/** Three significant digits, never an exponent. */
function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : 2);
}
