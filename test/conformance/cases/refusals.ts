import assert from 'node:assert/strict';
import { newId } from '#shared/domain/ids.ts';
import { group } from '../case.ts';
import type { Call, Replica } from '../replica.ts';

const unknownBasket = (): Call => ['basket.rename', { id: newId(), name: 'nothing' }];

async function rejectedKinds(replica: Replica, ...calls: Call[]): Promise<(string | undefined)[]> {
  const { outcomes } = await replica.push(...calls);
  return outcomes.map((outcome) => (outcome.outcome === 'rejected' ? outcome.kind : undefined));
}

export const refusals = group('Refusals', {
  'a change that the service does not know is refused, and does not block the next': async (world) => {
    const replica = world.replica();
    const id = newId();
    world.forget(id);
    const kinds = await rejectedKinds(
      replica,
      ['basket.fly', { id }],
      ['toString', {}],
      ['__proto__', {}],
      ['basket.create', { id, name: 'behind them' }],
    );
    assert.deepEqual(kinds, ['unknown_mutation', 'unknown_mutation', 'unknown_mutation', undefined]);
    assert.equal((await world.replica().basket(id)).name, 'behind them');
  },

  'arguments that cannot be are refused, with the field': async (world) => {
    const replica = world.replica();
    const id = newId();
    const calls: Call[] = [
      ['basket.create', { id, name: '' }],
      ['basket.create', { id, name: 'x'.repeat(121) }],
      ['basket.create', { id, name: 'two\nlines' }],
      ['basket.create', null],
      ['basket.create', [1, 2, 3]],
      ['basket.create', { id, name: 'x', admin: true }],
      ['basket.addLines', { basketId: id, lines: [{ part: {}, quantity: 1 }] }],
    ];
    const { outcomes } = await replica.push(...calls);
    for (const outcome of outcomes) assert.equal(outcome.outcome === 'rejected' && outcome.kind, 'invalid');
    assert.equal('field' in outcomes[0]! && outcomes[0].field, 'name');
    await replica.pull();
    assert.equal(replica.known('basket', id), undefined);
  },

  'they are told by every pull until the replica has them': async (world) => {
    const replica = world.replica();
    await replica.push(unknownBasket(), ['noop', {}], unknownBasket(), ['no.such.mutation', {}]);
    const told = async (ackSeq: number) => {
      replica.ackSeq = ackSeq;
      await replica.pull();
      return replica.rejections.map(({ seq, kind }) => [seq, kind]);
    };
    const all = [
      [1, 'not_found'],
      [3, 'not_found'],
      [4, 'unknown_mutation'],
    ];
    assert.deepEqual(await told(0), all);
    assert.deepEqual(await told(0), all);
    assert.deepEqual(await told(1), all.slice(1));
    assert.deepEqual(await told(4), []);
    // A replica that was set back to an older copy of itself learns them again.
    assert.deepEqual(await told(2), all.slice(1));
  },

  'they are told to the replica that made the change, and to no other': async (world) => {
    const [one, two] = [world.replica(), world.replica()];
    await one.push(unknownBasket());
    await two.pull();
    assert.deepEqual(two.rejections, []);
  },

  'all of them are told before the number that ends them': async (world) => {
    const replica = world.replica();
    const COUNT = 1050;
    for (let sent = 0; sent < COUNT; sent += 75)
      await replica.push(...Array.from({ length: 75 }, (): Call => ['no.such.mutation', {}]));
    const pages = await replica.pull();
    assert.ok(pages.length > 1, 'a page holds at most a thousand');
    assert.deepEqual(
      replica.rejections.map(({ seq }) => seq),
      Array.from({ length: COUNT }, (_, i) => i + 1),
    );
    assert.equal(replica.lastSeq, COUNT);
  },

  'a second basket of the same id is refused': async (world) => {
    const replica = world.replica();
    const id = await world.basket(replica);
    assert.deepEqual(await rejectedKinds(replica, ['basket.create', { id, name: 'again' }]), ['duplicate']);
    assert.equal((await replica.basket(id)).name, 'Conformance');
  },

  'more of a part than can be counted is refused': async (world) => {
    const replica = world.replica();
    const basketId = await world.basket(replica);
    const part = { reference: 'W 712/95', brand: 'MANN-FILTER', name: 'Filtre à huile' };
    const add = (quantity: number): Call => ['basket.addLines', { basketId, lines: [{ part, quantity }] }];
    assert.deepEqual(await rejectedKinds(replica, add(9999), add(1)), [undefined, 'too_many']);
    assert.equal((await replica.basket(basketId)).lines[0]!.quantity, 9999);
  },
});
