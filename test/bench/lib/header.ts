import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import type { DatasetFacts } from '../data/dataset.ts';
import type { BenchOptions } from '../options.ts';

/** What a reader must know beside the numbers. */
export interface Header {
  date: string;
  commit: string;
  data: string;
  machine: string;
}

export function header(options: BenchOptions, facts: DatasetFacts): Header {
  const count = (value: number): string => value.toLocaleString('en');
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    data:
      `${options.size}: ${count(facts.orders)} orders, ${count(facts.lines)} lines, ${count(facts.parts)} parts, ` +
      `${facts.vehicles} vehicles, ${count(facts.invoices)} invoices, ${facts.months} months, ${facts.statuses} states; ` +
      `${(facts.feedBytes / 1e6).toFixed(1)} MB of JSON in ${Math.ceil(facts.changes / 500)} pages of 500`,
    machine:
      `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}, ` +
      `Node ${process.versions.node}`,
  };
}
