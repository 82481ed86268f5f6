import { parseArgs } from 'node:util';

export type Size = '10k' | '100k';

export interface BenchOptions {
  /** Names of suites; all of them when empty. */
  suites: string[];
  runs: number;
  size: Size;
  peers: boolean;
  /** Replace the committed table as well as the dated results. */
  publish: boolean;
}

export const ORDERS: Readonly<Record<Size, number>> = { '10k': 10_000, '100k': 100_000 };

export const USAGE = `npm run bench -- [suite…] [--runs N] [--size 10k|100k] [--peers] [--publish]`;

/** Throws an Error whose message is for the person at the terminal. */
export function parseOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '5' },
      size: { type: 'string', default: '10k' },
      peers: { type: 'boolean', default: false },
      publish: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`Unknown suite ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1 || runs > 99)
    throw new Error(`--runs takes a number from 1 to 99.`);
  if (!isSize(values.size)) throw new Error(`--size is 10k or 100k.`);
  return { suites: positionals, runs, size: values.size, peers: values.peers, publish: values.publish };
}

function isSize(size: string): size is Size {
  return Object.hasOwn(ORDERS, size);
}
