import { Failure } from '#scripts/lib/failure.ts';

export const PARTS = ['static', 'unit', 'e2e', 'packaged'] as const;
export type Part = (typeof PARTS)[number];

export type TestOptions = {
  readonly parts: readonly Part[];
  /** Handed on to vitest and Playwright: file names, -t, --grep. */
  readonly rest: readonly string[];
};

/** `npm test -- unit e2e`: the parts wanted, all of them by default; what follows them goes to the test runner. */
export function parseTestOptions(argv: readonly string[]): TestOptions {
  const end = argv.findIndex((arg) => !isPart(arg));
  const parts = (end === -1 ? argv : argv.slice(0, end)).filter(isPart);
  const rest = end === -1 ? [] : argv.slice(end).filter((arg, i) => !(i === 0 && arg === '--'));
  if (rest.length > 0 && (parts.length !== 1 || parts[0] === 'static')) {
    throw new Failure(
      `Not understood: ${rest.join(' ')}\nnpm test -- [static] [unit] [e2e] [packaged], or one of unit, e2e, packaged with arguments for it.`,
      2,
    );
  }
  return { parts: parts.length > 0 ? parts : PARTS, rest };
}

function isPart(arg: string): arg is Part {
  return (PARTS as readonly string[]).includes(arg);
}
