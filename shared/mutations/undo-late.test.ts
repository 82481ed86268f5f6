import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  account,
  BASKETS,
  ENTRIES,
  linesOf,
  PARTS,
  VEHICLES,
} from '#test/support/mutations/universe.ts';
import { contextOf, run, valueOf } from '#test/support/mutations/world.ts';
import type { StoredCall } from './run.ts';

const basketId = BASKETS[0] as string;
const vehicle = VEHICLES[0] as string;
const lineId = linesOf(basketId)[0] as string;
const [part] = PARTS;
const home = { name: '', lines: ['1 rue B'], postalCode: '', city: 'Nice', country: 'FR' };

/** Made here, then changed by somebody else, then taken back here. */
function takenBackLate(mine: StoredCall, theirs: StoredCall) {
  const done = run(account(), mine, contextOf(ACCOUNT, 1, 'decide'));
  const changed = run(done.world, theirs, contextOf(ACCOUNT, 2, 'decide'));
  if (!done.outcome.ok || !changed.outcome.ok || !done.inverse) throw new Error('nothing to take back');
  return { ...run(changed.world, done.inverse, contextOf(ACCOUNT, 3, 'accept')), changed: changed.world };
}

const conflicts: [string, StoredCall, StoredCall][] = [
  ['a name of the profile', { name: 'profile.setField', args: { field: 'firstName', value: 'A' } }, { name: 'profile.setField', args: { field: 'firstName', value: 'B' } }],
  ['an address', { name: 'address.add', args: { id: ENTRIES[3], use: 'billing', address: home } }, { name: 'address.change', args: { id: ENTRIES[3], address: { ...home, city: 'Lyon' } } }],
  ['a phone number', { name: 'phone.add', args: { id: ENTRIES[3], kind: 'home', number: '0176494949' } }, { name: 'phone.change', args: { id: ENTRIES[3], kind: 'work', number: '0176494949' } }],
  ['a choice', { name: 'preference.set', args: { name: 'delivery_sms', value: true } }, { name: 'preference.set', args: { name: 'delivery_sms', value: false } }],
  ['a plate', { name: 'vehicle.setField', args: { id: vehicle, field: 'plate', value: 'AA-111-AA' } }, { name: 'vehicle.setField', args: { id: vehicle, field: 'plate', value: 'BB-111-BB' } }],
  ['a reading', { name: 'vehicle.recordMileage', args: { id: vehicle, on: '2026-01-31', kilometres: 10 } }, { name: 'vehicle.recordMileage', args: { id: vehicle, on: '2026-01-31', kilometres: 20 } }],
  ['a new basket', { name: 'basket.create', args: { id: BASKETS[3], name: 'A' } }, { name: 'basket.rename', args: { id: BASKETS[3], name: 'B' } }],
  ['a copy', { name: 'basket.duplicate', args: { id: BASKETS[3], from: basketId, name: 'A' } }, { name: 'basket.setNotes', args: { id: BASKETS[3], notes: 'B' } }],
  ['a new vehicle', { name: 'vehicle.add', args: { id: VEHICLES[2], vehicle: { plate: 'x1', make: 'M', model: 'N' } } }, { name: 'vehicle.setField', args: { id: VEHICLES[2], field: 'notes', value: 'B' } }],
]; // prettier-ignore

describe('a change that is taken back after somebody else worked on it', () => {
  it.each(conflicts)('leaves %s as it is now', (_what, mine, theirs) => {
    const { outcome } = takenBackLate(mine, theirs);
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'conflict' } });
  });

  it('does not add a removed line twice', () => {
    const { outcome, world, changed } = takenBackLate(
      { name: 'basket.removeLine', args: { basketId, lineId } },
      { name: 'basket.setQuantity', args: { basketId, lineId, quantity: 7, part }, base: 20 },
    );
    expect(outcome.ok).toBe(true);
    const lines = (now: typeof world) => valueOf(now, 'basket', basketId)?.lines;
    expect(lines(world)).toEqual(lines(changed));
  });

  it('takes off what was added and nothing more', () => {
    const add = (quantity: number) => ({
      name: 'basket.addLines',
      args: { basketId, lines: [{ part, quantity }] },
    });
    const { world } = takenBackLate(add(5), add(3));
    expect(valueOf(world, 'basket', basketId)?.lines[0]).toMatchObject({ id: lineId, quantity: 23 });
  });
});
