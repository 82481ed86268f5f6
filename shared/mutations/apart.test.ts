import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { callOf, history } from '#test/support/mutations/calls.ts';
import { ACCOUNT, account } from '#test/support/mutations/universe.ts';
import type { View } from '#test/support/mutations/view.ts';
import { EXACT, view } from '#test/support/mutations/view.ts';
import { contextOf, decided, run } from '#test/support/mutations/world.ts';
import type { MutationName } from './all.ts';
import type { StoredCall } from './run.ts';

// Many runs, on machines that may be slow.
vi.setConfig({ testTimeout: 60_000 });

/** Made on two devices apart, with what each of them saw; the service takes them in one order or in the other. */
function bothWays(before: StoredCall[], a: StoredCall, b: StoredCall) {
  const start = decided(account(), ACCOUNT, before);
  const [first, second] = [a, b].map((call, index) => ({
    ...call,
    base: run(start, call, contextOf(ACCOUNT, 100 + index, 'accept')).seen,
  })) as [StoredCall, StoredCall];
  const there = [run(start, first, contextOf(ACCOUNT, 100, 'decide'))];
  there.push(run((there[0] as (typeof there)[0]).world, second, contextOf(ACCOUNT, 101, 'decide')));
  const back = [run(start, second, contextOf(ACCOUNT, 101, 'decide'))];
  back.push(run((back[0] as (typeof back)[0]).world, first, contextOf(ACCOUNT, 100, 'decide')));
  const refused = [...there, ...back].some(({ outcome }) => !outcome.ok);
  return { there: there[1]?.world, back: back[1]?.world, refused, start };
}

type Args = Record<string, unknown>;
const different = (key: string) => (a: Args, b: Args) => a[key] !== b[key];

/** Pairs whose order must not matter, what of them may differ, and when. */
const PAIRS: [MutationName, MutationName, Partial<View>?, ((a: Args, b: Args) => boolean)?][] = [
  ['basket.addLines', 'basket.addLines', { lines: false, notices: false }],
  ['basket.addLines', 'basket.rename', { notices: false }],
  ['basket.addLines', 'basket.updatePrices', { lines: false, notices: false }],
  ['basket.updatePrices', 'basket.updatePrices'],
  ['basket.rename', 'basket.setNotes', { notices: false }],
  ['basket.setQuantity', 'basket.setQuantity', { lines: false, notices: false }, different('lineId')],
  ['basket.removeLine', 'basket.removeLine', { notices: false }],
  ['basket.removeLine', 'basket.setQuantity', { lines: false, notices: false }, different('lineId')],
  ['basket.delete', 'basket.delete', { notices: false }],
  ['vehicle.recordMileage', 'vehicle.recordMileage'],
  ['vehicle.recordMileage', 'vehicle.setField'],
  ['vehicle.setField', 'vehicle.setField', {}, different('field')],
  ['order.setNote', 'order.assignVehicle'],
  ['profile.setField', 'profile.setField', {}, different('field')],
  ['profile.setField', 'address.change'],
  ['address.change', 'address.change', {}, different('id')],
  ['address.change', 'address.setDefault'],
  ['phone.add', 'phone.add', { listOrder: false }, different('id')],
  ['phone.add', 'address.remove'],
  ['preference.set', 'preference.set', {}, different('name')],
  ['consent.set', 'consent.set', {}, different('purpose')],
  ['support.send', 'support.send', {}, different('id')],
  ['notice.dismiss', 'notice.dismiss'],
];

describe('changes made apart', () => {
  it.each(PAIRS)('%s and %s come to the same in either order', (one, other, loose = {}, unless) => {
    let met = 0;
    fc.assert(
      fc.property(history, callOf(one), callOf(other), (before, a, b) => {
        if (unless && !unless(a.args as Args, b.args as Args)) return;
        const { there, back, refused, start } = bothWays(before, a, b);
        if (refused || !there || !back) return;
        const wanted = { ...EXACT, ...loose };
        expect(view(there, wanted)).toEqual(view(back, wanted));
        if (there !== start) met += 1;
      }),
      { numRuns: 80 },
    );
    expect(met).toBeGreaterThan(0);
  });
});

/** Done twice, as a retry under another id would, these change nothing more. */
const REPEATABLE: MutationName[] = [
  'basket.rename', 'basket.setNotes', 'basket.setVehicle', 'basket.setTemplate', 'basket.delete', 'basket.restore', 'basket.setQuantity',
  'basket.removeLine', 'basket.assignLine', 'basket.moveLine', 'basket.updatePrices', 'basket.unmerge', 'vehicle.setField', 'vehicle.recordMileage', 'vehicle.removeMileage',
  'vehicle.retire', 'vehicle.reinstate', 'vehicle.remove', 'vehicle.changeMany', 'order.assignVehicle', 'order.setNote', 'profile.setField', 'address.change',
  'address.remove', 'address.setDefault', 'phone.change', 'phone.remove', 'preference.set', 'consent.set', 'notice.dismiss', 'noop',
]; // prettier-ignore

describe('changes made twice', () => {
  it.each(REPEATABLE)('%s changes nothing more', (name) => {
    fc.assert(
      fc.property(history, callOf(name), (before, call) => {
        const start = decided(account(), ACCOUNT, before);
        const once = run(start, call, contextOf(ACCOUNT, 100, 'accept'));
        if (!once.outcome.ok) return;
        const twice = run(once.world, call, contextOf(ACCOUNT, 101, 'accept'));
        expect(view(twice.world, EXACT)).toEqual(view(once.world, EXACT));
      }),
      { numRuns: 30 },
    );
  });
});
