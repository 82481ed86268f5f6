import { v5 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Basket } from '#shared/domain/basket.ts';
import { ACCOUNT, aBasket, BASKETS, PARTS, VEHICLES } from '#test/support/mutations/universe.ts';
import type { World } from '#test/support/mutations/world.ts';
import { contextOf, entitiesOf, run, valueOf, worldOf } from '#test/support/mutations/world.ts';
import type { Context } from '../mutator.ts';
import { lineIdOf } from './line-id.ts';

const id = BASKETS[0] as string;
const part = PARTS[0] as (typeof PARTS)[0];
const lineId = lineIdOf(id, part);
const line = { ...part, id: lineId, quantity: 3 };
const deletedAt = '2026-05-04T09:00:00.000Z';

const having = (over: Partial<Basket> = {}): World =>
  worldOf([{ type: 'basket', id, value: aBasket({ lines: [line], edits: 7, ...over }) }]);

/** Runs one change on a basket and tells what came of it. */
function after(
  mode: Context['mode'],
  world: World,
  name: string,
  args: Record<string, unknown>,
  base?: unknown,
) {
  const context = contextOf(ACCOUNT, 1, mode);
  const { outcome, world: then } = run(
    world,
    { name, args, ...(base === undefined ? {} : { base }) },
    context,
  );
  const notices = entitiesOf(then, 'notice');
  return {
    refusal: outcome.ok ? undefined : outcome.refusal,
    basket: valueOf(then, 'basket', id),
    notices: notices.map(([, notice]) => notice),
    noticeIds: notices.map(([noticeId]) => noticeId),
    context,
  };
}

const told = { at: contextOf(ACCOUNT, 1, 'decide').at, basketId: id, basketName: 'Révision' };
const toldLine = { id: lineId, ...part };
const modes = ['accept', 'replay', 'decide'] as const;

describe('a basket renamed on both', () => {
  const rename = (mode: Context['mode']) =>
    after(mode, having({ name: 'Theirs' }), 'basket.rename', { id, name: 'Mine' }, 'Before');

  it.each(modes)('takes the later name when the mode is %s', (mode) => {
    const { basket, context } = rename(mode);
    expect(basket).toMatchObject({ name: 'Mine', edits: 8, changedAt: context.at });
  });

  it('tells so where it is decided, once, under an id that a second try finds again', () => {
    const { notices, noticeIds, context } = rename('decide');
    expect(notices).toEqual([
      { ...told, kind: 'basket_renamed', basketName: 'Mine', kept: 'Mine', lost: 'Theirs' },
    ]);
    expect(noticeIds).toEqual([v5('notice', context.id)]);
    expect(rename('accept').notices).toEqual([]);
    expect(rename('replay').notices).toEqual([]);
  });

  it('tells nothing when both chose the same name, or when nobody changed it meanwhile', () => {
    const same = after('decide', having({ name: 'Mine' }), 'basket.rename', { id, name: 'Mine' }, 'Before');
    expect(same.notices).toEqual([]);
    const alone = after(
      'decide',
      having({ name: 'Before' }),
      'basket.rename',
      { id, name: 'Mine' },
      'Before',
    );
    expect(alone.notices).toEqual([]);
  });
});

describe('notes written on both', () => {
  it('keep the later text and tell the other one, also where one of them is nothing', () => {
    const world = having({ notes: 'Theirs' });
    expect(after('decide', world, 'basket.setNotes', { id, notes: 'Mine' }, null).notices).toEqual([
      { ...told, kind: 'basket_notes_changed', kept: 'Mine', lost: 'Theirs' },
    ]);
    const emptied = after('decide', world, 'basket.setNotes', { id, notes: null }, 'Before');
    expect(emptied.notices).toEqual([{ ...told, kind: 'basket_notes_changed', lost: 'Theirs' }]);
    expect(emptied.basket).not.toHaveProperty('notes');
    const gone = after('decide', having(), 'basket.setNotes', { id, notes: 'Mine' }, 'Before');
    expect(gone.notices).toEqual([{ ...told, kind: 'basket_notes_changed', kept: 'Mine' }]);
  });
});

describe('a quantity set on both', () => {
  const args = { basketId: id, lineId, quantity: 5, part };

  it.each(modes)('takes the later one when the mode is %s', (mode) => {
    expect(after(mode, having(), 'basket.setQuantity', args, 2).basket?.lines).toEqual([
      { ...line, quantity: 5 },
    ]);
  });

  it('tells both where it is decided', () => {
    expect(after('decide', having(), 'basket.setQuantity', args, 2).notices).toEqual([
      { ...told, kind: 'quantity_changed', line: toldLine, kept: '5', lost: '3' },
    ]);
    expect(after('decide', having(), 'basket.setQuantity', args, 3).notices).toEqual([]);
    expect(after('replay', having(), 'basket.setQuantity', args, 2).notices).toEqual([]);
  });

  it('brings back a line that was removed there, with its part and vehicle', () => {
    const world = worldOf([
      { type: 'basket', id, value: aBasket() },
      { type: 'vehicle', id: VEHICLES[0] as string, value: {} },
    ]);
    const back = after('decide', world, 'basket.setQuantity', { ...args, vehicleId: VEHICLES[0] }, 3);
    expect(back.basket?.lines).toEqual([{ ...line, quantity: 5, vehicleId: VEHICLES[0] }]);
    expect(back.notices).toEqual([{ ...told, kind: 'line_restored', line: toldLine }]);
  });

  it('tells nothing of a line that the person knew to be gone: they put it back', () => {
    const back = after('decide', having({ lines: [] }), 'basket.setQuantity', args, null);
    expect(back.basket?.lines).toEqual([{ ...line, quantity: 5 }]);
    expect(back.notices).toEqual([]);
  });
});

describe('a line removed here and changed there', () => {
  const args = { basketId: id, lineId };

  it('stays where it is decided, and tells so', () => {
    const { basket, notices } = after('decide', having(), 'basket.removeLine', args, 2);
    expect(basket).toEqual(valueOf(having(), 'basket', id));
    expect(notices).toEqual([{ ...told, kind: 'line_kept', line: toldLine, kept: '3' }]);
  });

  it('is gone on the screen of who removed it until then', () => {
    const { basket, notices } = after('replay', having(), 'basket.removeLine', args, 2);
    expect(basket?.lines).toEqual([]);
    expect(notices).toEqual([]);
  });

  it('lets the person decide while they still can', () => {
    expect(after('accept', having(), 'basket.removeLine', args, 2).refusal).toEqual({
      kind: 'conflict',
      present: 3,
    });
  });

  it('goes when nobody changed it, and nothing happens when it is gone', () => {
    expect(after('decide', having(), 'basket.removeLine', args, 3).basket?.lines).toEqual([]);
    const gone = having({ lines: [] });
    expect(after('decide', gone, 'basket.removeLine', args, 3).basket).toEqual(valueOf(gone, 'basket', id));
  });
});

describe('a basket deleted here and edited there', () => {
  it('stays where it is decided, and tells so', () => {
    const { basket, notices } = after('decide', having(), 'basket.delete', { id }, 6);
    expect(basket).toEqual(valueOf(having(), 'basket', id));
    expect(notices).toEqual([{ ...told, kind: 'basket_kept' }]);
  });

  it('is deleted on the screen of who deleted it until then', () => {
    expect(after('replay', having(), 'basket.delete', { id }, 6).basket?.deletedAt).toBeDefined();
  });

  it('lets the person decide while they still can', () => {
    expect(after('accept', having(), 'basket.delete', { id }, 6).refusal).toEqual({
      kind: 'conflict',
      present: 7,
    });
  });

  it.each(modes)('is deleted when all its edits were seen and the mode is %s', (mode) => {
    const { basket, notices, context } = after(mode, having(), 'basket.delete', { id }, 7);
    expect(basket).toMatchObject({ deletedAt: context.at, edits: 8 });
    expect(notices).toEqual([]);
  });

  it('counts every change but prices, so that a deletion never misses work', () => {
    const price = { exclVat: 100, vatRate: 2000, currency: 'EUR', at: deletedAt };
    const priced = after('decide', having(), 'basket.updatePrices', {
      basketId: id,
      prices: [{ lineId, price }],
    });
    expect(priced.basket).toMatchObject({ edits: 7, changedAt: aBasket().changedAt, lines: [{ price }] });
    expect(after('decide', having(), 'basket.rename', { id, name: 'Révision' }).basket?.edits).toBe(8);
  });
});

describe('a basket edited here after it was deleted there', () => {
  const edits: [string, Record<string, unknown>][] = [
    ['basket.rename', { id, name: 'Révision' }],
    ['basket.setNotes', { id, notes: 'x' }],
    ['basket.setVehicle', { id, vehicleId: null }],
    ['basket.setTemplate', { id, isTemplate: true }],
    ['basket.addLines', { basketId: id, lines: [{ part, quantity: 1 }] }],
    ['basket.takeLines', { basketId: id, lines: [{ lineId, quantity: 1 }] }],
    ['basket.setQuantity', { basketId: id, lineId, quantity: 4, part }],
    ['basket.removeLine', { basketId: id, lineId }],
    ['basket.moveLine', { basketId: id, lineId, after: null }],
    ['basket.assignLine', { basketId: id, lineId, vehicleId: null }],
  ];

  it.each(edits)('%s brings it back and tells so', (name, args) => {
    for (const mode of modes) {
      const { basket, notices } = after(mode, having({ deletedAt }), name, args);
      expect(basket, mode).not.toHaveProperty('deletedAt');
      expect(notices).toEqual(mode === 'decide' ? [{ ...told, kind: 'basket_restored' }] : []);
    }
  });

  it('tells both when its name was overruled as well', () => {
    const { notices, noticeIds, context } = after(
      'decide',
      having({ deletedAt, name: 'Theirs' }),
      'basket.rename',
      { id, name: 'Mine' },
      'Before',
    );
    expect(notices.map(({ kind }) => kind)).toEqual(['basket_restored', 'basket_renamed']);
    expect(noticeIds).toEqual([v5('notice', context.id), v5('notice:1', context.id)]);
  });

  it('is brought back by restoring it without a word, and stays deleted when prices come', () => {
    const restored = after('decide', having({ deletedAt }), 'basket.restore', { id });
    expect(restored.basket).toMatchObject({ edits: 8 });
    expect(restored.basket).not.toHaveProperty('deletedAt');
    expect(restored.notices).toEqual([]);
    const price = { exclVat: 100, vatRate: 2000, currency: 'EUR', at: deletedAt };
    const prices = [{ lineId, price }];
    expect(
      after('decide', having({ deletedAt }), 'basket.updatePrices', { basketId: id, prices }).basket,
    ).toMatchObject({ deletedAt, lines: [{ price }] });
  });

  it('is refused when it is gone for good', () => {
    for (const [name, args] of edits)
      expect(after('decide', worldOf([]), name, args).refusal, name).toEqual({ kind: 'not_found' });
  });
});
