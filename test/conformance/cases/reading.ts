import assert from 'node:assert/strict';
import type { EntityValue } from '#shared/domain/entities.ts';
import type { Change, PullResponse } from '#shared/protocol/pull.ts';
import { group } from '../case.ts';
import { ask, refused } from '../http.ts';
import { pullPath, Replica } from '../replica.ts';
import type { World } from '../world.ts';

const fresh = ({ service, one }: World): Replica => new Replica({ service, token: one.session.accessToken });

const ORDER: readonly string[] = [
  'profile',
  'policy',
  'vehicle',
  'basket',
  'notice',
  'support_message',
  'order',
  'invoice',
];
/** Orders and invoices stand together, whatever else a service may have stands where it likes. */
const rankOf = ({ type }: Change): number => Math.min(ORDER.indexOf(type), ORDER.indexOf('order'));

const changesOf = (pages: readonly PullResponse[]): Change[] => pages.flatMap((page) => page.changes);

export const reading = group('Reading', {
  'begins with the profile and ends with the oldest orders': async (world) => {
    const changes = changesOf(await fresh(world).pull());
    assert.ok(changes.every((change) => change.op === 'put'));
    const ranks = changes.map(rankOf).filter((rank) => rank >= 0);
    assert.deepEqual(
      ranks,
      [...ranks].sort((a, b) => a - b),
    );
    assert.equal(new Set(changes.map(({ type, id }) => `${type}/${id}`)).size, changes.length);
    const placed = changes
      .filter(({ type }) => type === 'order')
      .map((change) => ('value' in change ? (change.value as EntityValue<'order'>).placedAt : ''));
    assert.deepEqual(placed, [...placed].sort().reverse());
  },

  'gives the same in small pages as in large ones, and no more than was asked for': async (world) => {
    const large = changesOf(await fresh(world).pull(1000));
    const limit = Math.max(1, Math.ceil(large.length / 7));
    const pages = await fresh(world).pull(limit);
    for (const page of pages) assert.ok(page.changes.length <= limit);
    assert.deepEqual(
      changesOf(pages).map(({ type, id }) => `${type}/${id}`),
      large.map(({ type, id }) => `${type}/${id}`),
    );
    assert.equal(new Set(pages.map(({ epoch }) => epoch)).size, 1);
  },

  'misses nothing that changes while it reads': async (world) => {
    const writer = world.replica();
    const gone = await world.basket(writer, { name: 'before' });
    const reader = fresh(world);
    const first = await reader.page({ limit: 1 });
    const added = await world.basket(writer, { name: 'meanwhile' });
    await writer.apply(['basket.rename', { id: gone, name: 'renamed' }]);
    reader.cursor = first.cursor;
    const rest = await reader.pull(1000);
    assert.equal(reader.known('basket', added)?.name, 'meanwhile');
    assert.equal(reader.known('basket', gone)?.name, 'renamed');
    assert.ok(rest.length > 0);
  },

  'answers what is new after a cursor, in the order of revisions': async (world) => {
    const writer = world.replica();
    const reader = world.replica();
    await reader.pull();
    const [a, b] = [await world.basket(writer), await world.basket(writer)];
    await writer.apply(['basket.rename', { id: a, name: 'later' }]);
    const changes = changesOf(await reader.pull());
    assert.deepEqual(
      changes.map(({ id }) => id),
      [b, a],
    );
    assert.ok(changes[0]!.rev < changes[1]!.rev);
    assert.deepEqual(changesOf(await reader.pull()), []);
  },

  'answers the same page for the same cursor, whichever replica asks': async (world) => {
    const writer = world.replica();
    const reader = world.replica();
    await reader.pull();
    await world.basket(writer);
    const { cursor } = reader;
    const [one, two] = [await reader.page(), await world.replica().page({ cursor })];
    assert.deepEqual(one.changes, two.changes);
    assert.deepEqual([one.after, two.after], [cursor, cursor]);
  },

  'counts nothing for a replica that has sent nothing': async (world) => {
    const reader = world.replica();
    await reader.pull();
    assert.deepEqual([reader.lastSeq, reader.lastId, reader.rejections], [0, undefined, []]);
  },

  'names the newest mutation of the replica with its number': async (world) => {
    const replica = world.replica();
    await world.basket(replica);
    const { outcomes } = await replica.push(['noop', {}], ['noop', {}]);
    await replica.pull();
    assert.deepEqual([replica.lastSeq, replica.lastId], [3, outcomes[1]!.id]);
  },

  'tells deletions': async (world) => {
    const [here, there] = [world.replica(), world.replica()];
    const id = await world.basket(here, { name: 'a' });
    await here.apply(['basket.rename', { id, name: 'b' }, 'a']);
    await there.apply(['basket.rename', { id, name: 'c' }, 'a']);
    await here.pull();
    const notice = here.notices(id)[0];
    assert.ok(notice, 'a rename over another one is told by a notice');
    await there.apply(['notice.dismiss', { id: notice.id }]);
    const changes = changesOf(await here.pull());
    assert.deepEqual(
      changes.map(({ op, type, id: entity }) => [op, type, entity]),
      [['del', 'notice', notice.id]],
    );
  },

  'sends a cursor that it did not write back to the start': async ({ service, one, other }) => {
    const foreign = other.start ?? '';
    for (const cursor of ['x', '💥', `${one.start}x`, foreign]) {
      const response = await ask(service, pullPath({ replicaId: one.session.account.id, cursor }), {
        token: one.session.accessToken,
      });
      await refused(response, 410, 'cursor_expired');
    }
  },

  'refuses a query that breaks the contract': async ({ service, one }) => {
    const replicaId = one.session.account.id;
    for (const path of [
      pullPath({}),
      pullPath({ replicaId: 'me' }),
      pullPath({ replicaId, limit: 0 }),
      pullPath({ replicaId, limit: 1001 }),
      pullPath({ replicaId, limit: 'all' }),
      pullPath({ replicaId, ackSeq: -1 }),
      pullPath({ replicaId, cursor: 'c'.repeat(501) }),
    ])
      await refused(await ask(service, path, { token: one.session.accessToken }), 400, 'invalid_request');
  },
});
