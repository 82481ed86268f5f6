import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '#scripts/lib/cache-dir.ts';
import { fingerprint } from '#scripts/lib/fingerprint.ts';
import { repoDir } from '#scripts/lib/repo.ts';
import { runProgram } from '../lib/program.ts';
import type { Size } from '../options.ts';
import { ORDERS } from '../options.ts';

/** The day on which the data ends, and where the twelve months begin that the first screen sums up. */
export const TODAY = '2026-06-15';
export const SUMS_FROM = '2025-07-01';

/** What a data set really holds, counted from what was generated, and the questions that are asked of it. */
export interface DatasetFacts {
  orders: number;
  lines: number;
  parts: number;
  vehicles: number;
  invoices: number;
  months: number;
  statuses: number;
  changes: number;
  /** Bytes of the whole feed as JSON. */
  feedBytes: number;
  accountId: string;
  /** Vehicles and statuses to ask lists of, as often as orders have them. */
  lists: { vehicle: string; status: string }[];
  /** Pieces of references, names and plates, each word of three characters and more. */
  searches: string[];
  /** The newest invoices first. */
  invoiceIds: string[];
  newestOrderId: string;
}

export interface Dataset {
  folder: string;
  size: Size;
  facts: DatasetFacts;
}

export const feedPath = (folder: string): string => join(folder, 'feed.json');
export const deltaPath = (folder: string): string => join(folder, 'delta.json');
export const factsPath = (folder: string): string => join(folder, 'facts.json');

/** The data set of a size, generated once and kept outside the checkout until the code that makes it changes. */
export async function dataset(size: Size): Promise<Dataset> {
  const sources = ['service/demo', 'shared/domain', 'test/bench/data', 'test/bench/programs/make-dataset.ts'];
  const hash = fingerprint(repoDir, { include: sources, skip: (path) => path.endsWith('.test.ts') });
  const folder = join(cacheDir(), 'bench', `data-${size}-${hash.slice(0, 16)}`);
  if (!existsSync(folder)) {
    const making = `${folder}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    try {
      await runProgram('make-dataset.ts', { folder: making, orders: ORDERS[size] });
      renameSync(making, folder);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  return { folder, size, facts: JSON.parse(readFileSync(factsPath(folder), 'utf8')) as DatasetFacts };
}
