/** Seeds that have found something, and what it was. They are played first, always. */
export const REGRESSIONS: readonly (readonly [seed: number, found: string])[] = [
  [1_000_078, 'a database whose damage shows at the first look into it kept its account closed for good'],
  [
    1_000_367,
    'after a restore that a replica met as a fork first, what it had sent under its former id was never sent again',
  ],
  [10_267, 'a damaged page that showed as a broken constraint stopped every sync, and nothing was rebuilt'],
];
