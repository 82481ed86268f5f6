import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { entitySchemas, entityTypes } from '#shared/domain/entities.ts';
import { generateDemo } from '#service/demo/generate.ts';
import { PullResponse } from '#shared/protocol/pull.ts';
import { checkOf } from './shape.ts';

const demo = [...generateDemo({ seed: 'shape', today: '2026-11-22', garageOrders: 40 })].flatMap(
  (account) => [...account.entities],
);
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    undefined,
    null,
    -1,
    0.5,
    2 ** 60,
    '',
    'x'.repeat(3000),
    '2026-02-30',
    '2026-02-28T10:00:00Z',
    [],
    {},
  ),
  fc.constantFrom<unknown>(
    'https://x.fr',
    'http://x.fr',
    'not a url',
    'A@b.fr',
    '00000000-0000-0000-0000-00000000000A',
  ),
);

it('agrees with zod on every entity of the demo', () => {
  for (const { type, value } of demo) expect(checkOf(entitySchemas[type])(value)).toBe(true);
});

it('agrees with zod on entities in which anything was put anywhere', () => {
  const checks = new Map(entityTypes.map((type) => [type, checkOf(entitySchemas[type])]));
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...demo),
      fc.nat(),
      odd,
      fc.boolean(),
      ({ type, value }, place, oddity, remove) => {
        const changed = structuredClone(value) as unknown;
        change(changed, place, oddity, remove);
        const wanted = entitySchemas[type].safeParse(changed).success;
        if (!wanted) refused += 1;
        expect(checks.get(type)?.(changed)).toBe(wanted);
      },
    ),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(500);
});

it('agrees with zod on pages', () => {
  const [first, second] = demo;
  const page = {
    changes: [
      { op: 'put', rev: 1, ...first },
      { op: 'del', rev: 2, type: 'order', id: second?.id },
    ],
    rejections: [{ seq: 1, id: second?.id, kind: 'conflict', present: null }],
    cursor: 'c',
    hasMore: true,
    epoch: 'e',
    remaining: 3,
  };
  const check = checkOf(PullResponse);
  let refused = 0;
  fc.assert(
    fc.property(fc.nat(40), odd, fc.boolean(), (place, oddity, remove) => {
      const changed = structuredClone(page) as unknown;
      change(changed, place, oddity, remove);
      const wanted = PullResponse.safeParse(changed).success;
      if (!wanted) refused += 1;
      expect(check(changed)).toBe(wanted);
    }),
    { numRuns: 1500 },
  );
  expect(refused).toBeGreaterThan(200);
});

it('leaves to zod what it does not understand', () => {
  const schema = z.object({
    even: z.number().refine((n) => n % 2 === 0),
    any: z.union([z.string(), z.null()]),
    at: z.date().optional(),
  });
  const check = checkOf(schema);
  expect(check({ even: 2, any: null })).toBe(true);
  expect(check({ even: 3, any: null })).toBe(false);
  expect(check({ even: 2, any: 1 })).toBe(false);
});

/** Replaces or removes the n-th place of a value, counted through all its levels. */
function change(root: unknown, place: number, oddity: unknown, remove: boolean): void {
  const places: [Record<string, unknown>, string][] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value as Record<string, unknown>, key]);
      visit((value as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  const chosen = places[place % places.length];
  if (!chosen) return;
  const [parent, key] = chosen;
  if (remove && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (remove) delete parent[key];
  else parent[key] = oddity;
}
