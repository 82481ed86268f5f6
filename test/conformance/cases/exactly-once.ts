import assert from 'node:assert/strict';
import { newId } from '#shared/domain/ids.ts';
import { MAX_PUSH_BYTES } from '#shared/protocol/push.ts';
import { group } from '../case.ts';
import { refused } from '../http.ts';
import type { Call, Replica } from '../replica.ts';
import type { World } from '../world.ts';

const PART = { reference: '0 986 494 660', brand: 'BOSCH', name: 'Plaquettes de frein' };
/** A delta: applied twice, it shows. */
const addOne = (basketId: string): Call => [
  'basket.addLines',
  { basketId, lines: [{ part: PART, quantity: 1 }] },
];

/** How often `addOne` counts in the basket, as the feed has it. */
async function added(world: World, basketId: string): Promise<number> {
  const { lines } = await world.replica().basket(basketId);
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

async function prepared(world: World): Promise<{ replica: Replica; basket: string }> {
  const replica = world.replica();
  return { replica, basket: await world.basket(replica) };
}

export const exactlyOnce = group('Every change exactly once', {
  'a request that is sent again answers the same and changes nothing': async (world) => {
    const { replica, basket } = await prepared(world);
    const mutations = replica.mutations(addOne(basket), ['no.such.mutation', {}], addOne(basket));
    const first = await replica.send(mutations);
    for (let i = 0; i < 3; i += 1) assert.deepEqual(await replica.send(mutations), first);
    assert.equal(await added(world, basket), 2);
    await replica.pull();
    assert.deepEqual([replica.lastSeq, replica.lastId], [4, mutations[2]!.id]);
  },

  'a request that repeats the end of another goes on behind it': async (world) => {
    const { replica, basket } = await prepared(world);
    const mutations = replica.mutations(addOne(basket), addOne(basket), addOne(basket), addOne(basket));
    await replica.send(mutations.slice(0, 2));
    const { outcomes, lastSeq } = await replica.send(mutations.slice(1));
    assert.deepEqual(
      outcomes.map(({ seq, outcome }) => [seq, outcome]),
      [
        [3, 'applied'],
        [4, 'applied'],
        [5, 'applied'],
      ],
    );
    assert.equal(lastSeq, 5);
    assert.equal(await added(world, basket), 4);
  },

  'the same request many times at once is one': async (world) => {
    const { replica, basket } = await prepared(world);
    const mutations = replica.mutations(addOne(basket), addOne(basket));
    const answers = await Promise.all(Array.from({ length: 6 }, () => replica.send(mutations)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(await added(world, basket), 2);
  },

  'requests of several replicas at once all count': async (world) => {
    const { basket } = await prepared(world);
    const replicas = Array.from({ length: 5 }, () => world.replica());
    await Promise.all(replicas.map((replica) => replica.apply(addOne(basket), addOne(basket))));
    assert.equal(await added(world, basket), 10);
  },

  'a gap stops the batch and says what is expected': async (world) => {
    const { replica, basket } = await prepared(world);
    const [second, third, fourth] = replica.mutations(addOne(basket), addOne(basket), addOne(basket));
    const early = await replica.send([third!, fourth!]);
    assert.deepEqual(early, { outcomes: [], lastSeq: 1, stopped: { kind: 'gap', expected: 2 } });
    const torn = await replica.send([second!, fourth!]);
    assert.deepEqual(torn.stopped, { kind: 'gap', expected: 3 });
    assert.deepEqual([torn.lastSeq, torn.outcomes.length], [2, 1]);
    assert.equal(await added(world, basket), 1);
    assert.equal((await replica.send([third!, fourth!])).lastSeq, 4);
    assert.equal(await added(world, basket), 3);
  },

  'another mutation under a number that was taken is told as a fork': async (world) => {
    const { replica, basket } = await prepared(world);
    const taken = replica.mutation(addOne(basket));
    await replica.send([taken]);
    const twin = replica.mutation(addOne(basket), { seq: taken.seq });
    assert.deepEqual(await replica.send([twin]), {
      outcomes: [],
      lastSeq: taken.seq,
      stopped: { kind: 'forked', seq: taken.seq },
    });
    const next = replica.mutation(addOne(basket));
    const answer = await replica.send([taken, twin, next]);
    assert.deepEqual(
      answer.outcomes.map(({ id }) => id),
      [taken.id],
    );
    assert.deepEqual(answer.stopped, { kind: 'forked', seq: taken.seq });
    assert.equal(await added(world, basket), 1);
  },

  'a mutation that came under another name is not run again, and has the same outcome': async (world) => {
    const { replica, basket } = await prepared(world);
    const mutations = replica.mutations(
      addOne(basket),
      ['basket.rename', { id: newId(), name: 'x' }],
      addOne(basket),
    );
    const { outcomes } = await replica.send(mutations);
    const twin = world.replica();
    const again = mutations.map((mutation, i) => ({ ...mutation, seq: i + 1 }));
    const answer = await twin.send([...again, { ...twin.mutation(addOne(basket)), seq: 4 }]);
    assert.deepEqual(
      answer.outcomes.slice(0, 3),
      outcomes.map((outcome, i) => ({ ...outcome, seq: i + 1 })),
    );
    assert.equal(answer.lastSeq, 4);
    assert.equal(await added(world, basket), 3);
    await twin.pull();
    assert.deepEqual(
      twin.rejections.map(({ seq, id, kind }) => [seq, id, kind]),
      [[2, mutations[1]!.id, 'not_found']],
    );
    assert.deepEqual([twin.lastSeq, twin.lastId], [4, answer.outcomes[3]!.id]);
  },

  'a mutation that is sent under two numbers of one replica is run once': async (world) => {
    const { replica, basket } = await prepared(world);
    const mutation = replica.mutation(addOne(basket));
    const { outcomes, lastSeq } = await replica.send([mutation, { ...mutation, seq: 3 }]);
    assert.deepEqual(
      outcomes.map(({ seq, outcome }) => [seq, outcome]),
      [
        [2, 'applied'],
        [3, 'applied'],
      ],
    );
    assert.equal(lastSeq, 3);
    assert.equal(await added(world, basket), 1);
  },

  'a change that was taken back keeps its number and does nothing': async (world) => {
    const replica = world.replica();
    await replica.pull();
    await replica.apply(['noop', {}]);
    assert.deepEqual((await replica.pull())[0]!.changes, []);
    assert.equal(replica.lastSeq, 1);
  },

  'a batch of a hundred is taken': async (world) => {
    const { replica, basket } = await prepared(world);
    await replica.apply(...Array.from({ length: 100 }, () => addOne(basket)));
    assert.equal(await added(world, basket), 100);
  },

  'a batch of a hundred and one is refused whole': async (world) => {
    const { replica, basket } = await prepared(world);
    const mutations = replica.mutations(...Array.from({ length: 101 }, () => addOne(basket)));
    await refused(await replica.post({ replicaId: replica.id, mutations }), 400, 'invalid_request');
    assert.equal(await added(world, basket), 0);
  },

  'a body that is too large is refused unread': async (world) => {
    const { replica, basket } = await prepared(world);
    const name = 'x'.repeat(MAX_PUSH_BYTES);
    const mutations = replica.mutations(addOne(basket), ['basket.rename', { id: basket, name }]);
    await refused(await replica.post({ replicaId: replica.id, mutations }), 413, 'payload_too_large');
    assert.equal(await added(world, basket), 0);
  },

  'a body as large as is allowed is read': async (world) => {
    const { replica, basket } = await prepared(world);
    const mutation = replica.mutation(['no.such.mutation', { filling: '' }]);
    const body = { replicaId: replica.id, mutations: [mutation] };
    const room = MAX_PUSH_BYTES - Buffer.byteLength(JSON.stringify(body));
    const args = { filling: 'x'.repeat(room) };
    const { outcomes } = await replica.send([{ ...mutation, args }]);
    assert.equal(outcomes[0]!.outcome, 'rejected');
    assert.equal(await added(world, basket), 0);
  },

  'an envelope that breaks the contract is refused whole': async (world) => {
    const { replica, basket } = await prepared(world);
    const good = replica.mutation(addOne(basket));
    for (const bad of [
      { ...good, seq: 0 },
      { ...good, seq: 1.5 },
      { ...good, id: 'one' },
      { ...good, name: '' },
      { ...good, at: 'yesterday' },
      { ...good, extra: true },
    ])
      await refused(
        await replica.post({ replicaId: replica.id, mutations: [good, bad] }),
        400,
        'invalid_request',
      );
    await refused(await replica.post({ replicaId: 'me', mutations: [good] }), 400, 'invalid_request');
    await refused(await replica.post({ replicaId: replica.id, mutations: [] }), 400, 'invalid_request');
    assert.equal(await added(world, basket), 0);
  },
});
