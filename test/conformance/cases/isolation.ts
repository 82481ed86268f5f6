import assert from 'node:assert/strict';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { group } from '../case.ts';
import { ask, refused } from '../http.ts';
import { pullPath, Replica, type Call } from '../replica.ts';

export const isolation = group('Two accounts', {
  'have replicas of the same id that know nothing of each other': async (world) => {
    const mine = world.replica();
    const basket = await world.basket(mine);
    await mine.push(['no.such.mutation', {}]);
    const theirs = world.replica(world.other, mine.id);
    await theirs.pull();
    assert.deepEqual([theirs.lastSeq, theirs.rejections], [0, []]);
    assert.equal(theirs.known('basket', basket), undefined);
    await theirs.apply(['noop', {}]);
    await mine.pull();
    assert.equal(mine.lastSeq, 2);
  },

  'run a mutation of the same id each for itself': async (world) => {
    const [mine, theirs] = [world.replica(), world.replica(world.other)];
    const id = newId();
    world.forget(id);
    world.forget(id, world.other);
    const create = (name: string): Call => ['basket.create', { id, name }];
    const mutation = mine.mutation(create('mine'));
    await mine.send([mutation]);
    await theirs.send([{ ...mutation, args: { id, name: 'theirs' } }]);
    assert.equal((await mine.basket(id)).name, 'mine');
    assert.equal((await theirs.basket(id)).name, 'theirs');
  },

  'cannot change what belongs to the other': async (world) => {
    const [mine, theirs] = [world.replica(), world.replica(world.other)];
    const id = await world.basket(mine);
    const { outcomes } = await theirs.push(
      ['basket.rename', { id, name: 'taken' }],
      ['basket.delete', { id }],
      ['basket.duplicate', { id: newId(), from: id, name: 'copied' }],
    );
    for (const outcome of outcomes) assert.equal(outcome.outcome === 'rejected' && outcome.kind, 'not_found');
    assert.equal((await mine.basket(id)).name, 'Conformance');
  },

  'cannot read with the cursor, nor the invoices, of the other': async (world) => {
    const { service, one, other } = world;
    const token = other.session.accessToken;
    const path = pullPath({ replicaId: newId(), cursor: one.start });
    await refused(await ask(service, path, { token }), 410, 'cursor_expired');
    const reader = new Replica({ service, token: one.session.accessToken });
    const pages = await reader.pull(1000);
    const invoice = pages.flatMap((page) => page.changes).find(({ type }) => type === 'invoice');
    if (!invoice) return;
    await refused(await ask(service, routes.invoicePdf(invoice.id), { token }), 404, 'not_found');
  },
});
