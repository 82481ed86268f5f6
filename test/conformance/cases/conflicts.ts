import assert from 'node:assert/strict';
import { lineIdOf } from '#shared/mutations/baskets/line-id.ts';
import { group } from '../case.ts';
import { Replica, type Call } from '../replica.ts';
import type { World } from '../world.ts';

const PART = { reference: 'GDB1330', brand: 'TRW', name: 'Plaquettes de frein avant' };

/** Two devices that know the same basket with two of a part in it. */
async function together(world: World) {
  const [here, there] = [world.replica(), world.replica()];
  const basketId = await world.basket(here, { name: 'Freins' });
  await here.apply(['basket.addLines', { basketId, lines: [{ part: PART, quantity: 2 }] }]);
  const lineId = lineIdOf(basketId, PART);
  const { edits } = await there.basket(basketId);
  const set = (quantity: number, base = 2): Call => [
    'basket.setQuantity',
    { basketId, lineId, quantity, part: PART },
    base,
  ];
  const remove: Call = ['basket.removeLine', { basketId, lineId }, 2];
  return { here, there, basketId, lineId, edits, set, remove };
}

const news = async (replica: Replica, basketId: string) => {
  const { lines, ...basket } = await replica.basket(basketId);
  return {
    basket,
    quantities: lines.map(({ quantity }) => quantity),
    notices: replica.notices(basketId).map(({ kind, kept, lost }) => ({
      kind,
      ...(kept === undefined ? {} : { kept }),
      ...(lost === undefined ? {} : { lost }),
    })),
  };
};

export const conflicts = group('Two devices at once', {
  'a part added on both is one line with the sum, however it was written': async (world) => {
    const { here, there, basketId } = await together(world);
    const written = { ...PART, reference: 'gdb 1330', brand: 'Trw' };
    await here.apply(['basket.addLines', { basketId, lines: [{ part: PART, quantity: 3 }] }]);
    await there.apply(['basket.addLines', { basketId, lines: [{ part: written, quantity: 4 }] }]);
    const { quantities, notices } = await news(here, basketId);
    assert.deepEqual([quantities, notices], [[9], []]);
  },

  'a quantity set on both: the later wins, and a notice has both values': async (world) => {
    const { here, there, basketId, set } = await together(world);
    await here.apply(set(5));
    await there.apply(set(7));
    const { quantities, notices } = await news(here, basketId);
    assert.deepEqual(quantities, [7]);
    assert.deepEqual(notices, [{ kind: 'quantity_changed', kept: '7', lost: '5' }]);
  },

  'the same quantity set on both is no conflict': async (world) => {
    const { here, there, basketId, set } = await together(world);
    await here.apply(set(5));
    await there.apply(set(5));
    const { quantities, notices } = await news(here, basketId);
    assert.deepEqual([quantities, notices], [[5], []]);
  },

  'a line removed here and changed there stays, with a notice': async (world) => {
    const { here, there, basketId, set, remove } = await together(world);
    await there.apply(set(5));
    await here.apply(remove);
    const { quantities, notices } = await news(there, basketId);
    assert.deepEqual(quantities, [5]);
    assert.deepEqual(
      notices.map(({ kind }) => kind),
      ['line_kept'],
    );
  },

  'a line changed here after it was removed there is back, with a notice': async (world) => {
    const { here, there, basketId, lineId, set, remove } = await together(world);
    await here.apply(remove);
    await there.apply(set(5));
    const { lines } = await here.basket(basketId);
    assert.deepEqual(
      lines.map(({ id, quantity, name }) => ({ id, quantity, name })),
      [{ id: lineId, quantity: 5, name: PART.name }],
    );
    assert.deepEqual(
      here.notices(basketId).map(({ kind, line }) => [kind, line?.id]),
      [['line_restored', lineId]],
    );
  },

  'a basket renamed on both has the later name, with a notice': async (world) => {
    const { here, there, basketId } = await together(world);
    await here.apply(['basket.rename', { id: basketId, name: 'Freins avant' }, 'Freins']);
    await there.apply(['basket.rename', { id: basketId, name: 'Freinage' }, 'Freins']);
    const { basket, notices } = await news(here, basketId);
    assert.equal(basket.name, 'Freinage');
    assert.deepEqual(notices, [{ kind: 'basket_renamed', kept: 'Freinage', lost: 'Freins avant' }]);
  },

  'a basket deleted here and edited there stays, with a notice': async (world) => {
    const { here, there, basketId, edits, set } = await together(world);
    await there.apply(set(5));
    await here.apply(['basket.delete', { id: basketId }, edits]);
    const { basket, notices } = await news(there, basketId);
    assert.equal(basket.deletedAt, undefined);
    assert.deepEqual(notices, [{ kind: 'basket_kept' }]);
  },

  'a basket edited here after it was deleted there is back, with a notice': async (world) => {
    const { here, there, basketId, edits, set } = await together(world);
    await here.apply(['basket.delete', { id: basketId }, edits]);
    assert.notEqual((await there.basket(basketId)).deletedAt, undefined);
    await there.apply(set(5));
    const { basket, quantities, notices } = await news(here, basketId);
    assert.deepEqual([basket.deletedAt, quantities], [undefined, [5]]);
    assert.deepEqual(notices, [{ kind: 'basket_restored' }]);
  },

  'a deleted basket can be brought back, without a notice': async (world) => {
    const { here, basketId, edits } = await together(world);
    await here.apply(['basket.delete', { id: basketId }, edits], ['basket.restore', { id: basketId }]);
    const { basket, quantities, notices } = await news(here, basketId);
    assert.deepEqual([basket.deletedAt, quantities, notices], [undefined, [2], []]);
  },

  'a repeated request makes no second notice': async (world) => {
    const { here, there, basketId, set } = await together(world);
    await here.apply(set(5));
    const mutations = there.mutations(set(7));
    await there.send(mutations);
    await there.send(mutations);
    // Under another name as well, as after a fork.
    await world.replica().send(mutations);
    assert.equal((await news(here, basketId)).notices.length, 1);
  },

  'a notice that is dismissed is gone for all': async (world) => {
    const { here, there, basketId, set } = await together(world);
    await here.apply(set(5));
    await there.apply(set(7));
    await here.pull();
    await there.pull();
    const [notice] = here.notices(basketId);
    assert.ok(notice);
    await here.apply(['notice.dismiss', { id: notice.id }]);
    await there.apply(['notice.dismiss', { id: notice.id }]);
    await there.pull();
    assert.deepEqual(there.notices(basketId), []);
  },

  'a choice that is no longer what its author saw is refused, with what stands': async (world) => {
    const { service, one } = world;
    const reader = new Replica({ service, token: one.session.accessToken });
    await reader.pull(1000);
    const before = reader.known('profile', one.session.account.id)?.preferences?.deadline_reminders ?? null;
    const choose = (value: boolean | null, ...base: [] | [boolean | null]): Call => [
      'preference.set',
      { name: 'deadline_reminders', value },
      ...base,
    ];
    world.afterwards(() => world.replica().apply(choose(before)));
    const replica = world.replica();
    await replica.apply(choose(false));
    const { outcomes } = await replica.push(choose(true, null), choose(false, true), choose(true, false));
    assert.deepEqual(
      outcomes.map(({ id: _id, ...outcome }) => outcome),
      [
        { seq: 2, outcome: 'rejected', kind: 'conflict', present: false },
        // What its author wished is what stands already.
        { seq: 3, outcome: 'applied' },
        { seq: 4, outcome: 'applied' },
      ],
    );
    await replica.pull();
    assert.deepEqual(
      replica.rejections.map(({ seq, kind, present }) => [seq, kind, present]),
      [[2, 'conflict', false]],
    );
    assert.equal(replica.known('profile', one.session.account.id)?.preferences?.deadline_reminders, true);
  },
});
