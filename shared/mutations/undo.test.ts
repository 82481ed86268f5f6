import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { callOf, history } from '#test/support/mutations/calls.ts';
import { ACCOUNT, account } from '#test/support/mutations/universe.ts';
import type { View } from '#test/support/mutations/view.ts';
import { EXACT, view } from '#test/support/mutations/view.ts';
import type { World } from '#test/support/mutations/world.ts';
import { contextOf, decided, run, valueOf } from '#test/support/mutations/world.ts';
import type { MutationName } from './all.ts';
import { mutators } from './all.ts';

// Many runs, on machines that may be slow.
vi.setConfig({ testTimeout: 60_000 });

/** Nothing takes these back: they were read by somebody, or are only what the shop said. */
const FINAL = ['basket.updatePrices', 'notice.dismiss', 'support.send'];

/** What is not as before once these are taken back. Of baskets never the time and the count of their changes: taking back is a change. */
const LOOSE: Partial<Record<MutationName, Partial<View>>> = {
  'basket.create': { deletedBaskets: false },
  'basket.duplicate': { deletedBaskets: false },
  // A newer price that came with an added line stays.
  'basket.addLines': { prices: false },
  'basket.merge': { prices: false },
  // What was taken comes back at the end, and where lines were assigned, as the line of that vehicle.
  'basket.takeLines': { lines: false },
  'basket.unmerge': { lines: false },
  // An address or a number comes back as the youngest.
  'address.remove': { listOrder: false },
  'phone.remove': { listOrder: false },
  // The proof of a choice is the last one; never asked and refused are both no.
  'consent.set': { consentProof: false },
};

/** What these take back themselves has to have happened. */
const FOLLOWS: Partial<Record<MutationName, MutationName>> = {
  'basket.unmerge': 'basket.merge',
  'basket.restore': 'basket.delete',
  'vehicle.remove': 'vehicle.addMany',
};

const touchesDeleted = (world: World, args: Record<string, unknown>): boolean =>
  ['id', 'basketId', 'from', 'into'].some(
    (key) => valueOf(world, 'basket', String(args[key]))?.deletedAt !== undefined,
  );

describe.each((Object.keys(mutators) as MutationName[]).filter((name) => !FINAL.includes(name)))(
  '%s, taken back',
  (name) => {
    it('leaves everything as it was', () => {
      let undone = 0;
      fc.assert(
        fc.property(history, callOf(name), (before, call) => {
          const start = decided(account(), ACCOUNT, before);
          const first = FOLLOWS[name];
          const made =
            first && run(start, { name: first, args: call.args }, contextOf(ACCOUNT, 99, 'decide'));
          if (made && !made.outcome.ok) return;
          const world = made?.world ?? start;
          const done = run(world, call, contextOf(ACCOUNT, 100, 'accept'));
          const args = call.args as Record<string, unknown>;
          // Work on a deleted basket brings it back, and taking the work back does not delete it again.
          const revives =
            !['basket.restore', 'basket.delete', 'basket.unmerge'].includes(name) &&
            touchesDeleted(world, args);
          if (!done.outcome.ok || revives) return;
          if (!done.inverse) throw new Error(`nothing takes ${name} back`);
          const back = run(done.world, done.inverse, contextOf(ACCOUNT, 101, 'accept'));
          if (!back.outcome.ok) {
            // A vehicle that was there once and is gone cannot be assigned again.
            expect(back.outcome.refusal).toEqual({ kind: 'not_found', field: 'vehicleId' });
            return;
          }
          const wanted = { ...EXACT, ...LOOSE[name] };
          expect(view(back.world, wanted)).toEqual(view(world, wanted));
          undone += 1;
        }),
        { numRuns: 60 },
      );
      expect(undone).toBeGreaterThan(1);
    });
  },
);

describe('changes that nothing takes back', () => {
  it.each(FINAL)('%s says so', (name) => {
    fc.assert(
      fc.property(history, callOf(name as MutationName), (before, call) => {
        const world = decided(account(), ACCOUNT, before);
        expect(run(world, call, contextOf(ACCOUNT, 100, 'accept')).inverse).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});
