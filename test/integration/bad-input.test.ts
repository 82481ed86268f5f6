import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checksum } from '#core/db/checksum.ts';
import { systemClock, type Clock } from '#core/env.ts';
import { newId } from '#shared/domain/ids.ts';
import { lineIdOf } from '#shared/mutations/baskets/line-id.ts';
import type { PushResponse } from '#shared/protocol/push.ts';
import { signIn } from '#test/integration/service/client.ts';
import { Device } from '#test/integration/service/device.ts';
import {
  cachePath,
  Folders,
  kindOf,
  must,
  openTestEngine,
  PASSWORD,
  testHost,
} from '#test/support/engine.ts';
import type { TestEngine } from '#test/support/engine.ts';
import { aVehicle } from '#test/support/entities.ts';
import { always, startFaultyProxy, type FaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { openCache } from '#test/support/keys.ts';

/** What people type, what another version sends and what somebody else has deleted, where it enters: the engine, and the service. */
const PART = { reference: '0 986 494 660', brand: 'Bosch', name: 'Plaquettes de frein' };

/** On which nothing is tried again by itself. */
const stillClock: Clock = {
  ...systemClock,
  after: (ms, callback) => (ms < 1000 ? systemClock.after(ms, callback) : () => undefined),
};

interface Place {
  engine: TestEngine;
  /** Another device, which sends whatever it is told to. */
  device: Device;
  accountId: string;
  email: string;
  basketId: string;
  vehicleId: string;
}

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];

beforeAll(async () => {
  service = await startService();
  proxy = await startFaultyProxy(service.url);
});
afterEach(async () => {
  proxy.rule = undefined;
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

function openEngine(folder = folders.make(), host = testHost()): TestEngine {
  const engine = openTestEngine({ url: proxy.url, folder, host, env: { clock: stillClock } });
  open.push(engine);
  return engine;
}

async function place(): Promise<Place> {
  const [email, basketId, vehicleId] = [`${newId()}@example.org`, newId(), newId()];
  const entities = [{ type: 'vehicle' as const, id: vehicleId, value: aVehicle({ plate: 'AB-123-CD' }) }];
  const accountId = await service.createAccount({ email, password: PASSWORD, entities });
  const device = new Device(service.url, (await signIn(service.url, email, PASSWORD)).accessToken);
  expect(
    await device.push(
      ['basket.create', { id: basketId, name: 'Révision' }],
      ['basket.addLines', { basketId, lines: [{ part: PART, quantity: 4 }] }],
    ),
  ).toEqual(['applied', 'applied']);
  const engine = openEngine();
  await engine.signIn(email);
  expect(await engine.sync()).toMatchObject({ phase: 'idle' });
  return { engine, device, accountId, email, basketId, vehicleId };
}

async function offline({ engine }: Place): Promise<void> {
  proxy.rule = always(/./, { kind: 'cut' });
  expect(await engine.sync()).toMatchObject({ phase: 'offline' });
}
const online = async ({ engine }: Place): Promise<unknown> => {
  proxy.rule = undefined;
  return engine.sync();
};

const shown = async ({ engine, basketId, vehicleId }: Place): Promise<unknown> => ({
  basket: (await must(engine.handlers['baskets.get']({ id: basketId }))).basket,
  vehicle: (await must(engine.handlers['vehicles.get']({ id: vehicleId }))).vehicle,
});
const changes = (engine: TestEngine) => must(engine.handlers['changes.list'](undefined));

type Bad = [what: string, name: string, args: (at: Place) => unknown, field: string];
const quantity = (value: unknown): Bad[] => [
  [
    `the quantity ${JSON.stringify(value)}, set`,
    'basket.setQuantity',
    ({ basketId }) => ({
      basketId,
      lineId: lineIdOf(basketId, PART, undefined),
      quantity: value,
      part: PART,
    }),
    'quantity',
  ],
  [
    `the quantity ${JSON.stringify(value)}, added`,
    'basket.addLines',
    ({ basketId }) => ({ basketId, lines: [{ part: PART, quantity: value }] }),
    'lines.0.quantity',
  ],
];
const name = (what: string, value: unknown): Bad => [
  `a name ${what}`,
  'basket.rename',
  ({ basketId }) => ({ id: basketId, name: value }),
  'name',
];
const vin = (what: string, value: string): Bad => [
  `a VIN ${what}`,
  'vehicle.setField',
  ({ vehicleId }) => ({ id: vehicleId, field: 'vin', value }),
  'value',
];
const BAD: Bad[] = [
  ...[0, -1, 1e9, '2,5', 2.5, null].flatMap(quantity),
  name('of 10,000 characters', 'x'.repeat(10_000)),
  name('of 10,000 emoji', '🔧'.repeat(10_000)),
  name('with NUL', 'Révision\u0000'),
  name('with an override of direction', 'Révision \u202e'),
  name('of nothing that can be seen', ' \u200b '),
  vin('with the letter O', 'VF1BRoA0H51234567'),
  vin('of 16 signs', 'VF1BR0A0H5123456'),
  vin('with NUL', 'VF1BR0A0H5123456\u0000'),
  [
    'a plate of signs only',
    'vehicle.setField',
    ({ vehicleId }) => ({ id: vehicleId, field: 'plate', value: '--' }),
    'value',
  ],
  [
    'an argument too many',
    'basket.rename',
    ({ basketId }) => ({ id: basketId, name: 'x', colour: 1 }),
    'colour',
  ],
  ['an argument too few', 'basket.rename', ({ basketId }) => ({ id: basketId }), 'name'],
  ['no arguments at all', 'basket.rename', () => null, ''],
];

describe('what cannot be is refused where it is made, and where it arrives', () => {
  it.each(BAD)('%s', async (_what, called, args, field) => {
    const at = await place();
    const before = await shown(at);
    const made = await must(at.engine.handlers['changes.make']({ name: called, args: args(at) }));
    expect(made).toEqual({ made: false, refusal: { kind: 'invalid', field } });
    expect((await changes(at.engine)).waitingCount).toBe(0);

    // A device that sends it all the same gets a verdict, and its next change is taken.
    const { outcomes } = await at.device.send(
      at.device.make([called, args(at)], ['basket.rename', { id: at.basketId, name: 'Révision' }]),
    );
    expect(outcomes).toMatchObject([
      { outcome: 'rejected', kind: 'invalid', field },
      { outcome: 'applied' },
    ] satisfies Partial<PushResponse['outcomes'][number]>[]);
    await at.engine.sync();
    const after = (await shown(at)) as { basket: object; vehicle: object };
    expect(after).toMatchObject({
      ...(before as object),
      basket: { name: 'Révision', lines: [{ quantity: 4 }] },
    });
  });

  it.each([
    ['emoji of several parts', '👩‍🔧 Révision 👨‍👩‍👧‍👦'],
    ['right-to-left letters', 'פנס קדמי ברלינגו'],
    ['both ways in one line', 'Peugeot مصباح 12V'],
    ['120 signs outside the basic plane', '🔧'.repeat(60)],
  ])('but a name of %s travels as it is', async (_what, typed) => {
    const at = await place();
    expect(
      await must(
        at.engine.handlers['changes.make']({ name: 'basket.rename', args: { id: at.basketId, name: typed } }),
      ),
    ).toMatchObject({ made: true });
    expect(await at.engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
    const other = openEngine();
    await other.signIn(at.email);
    await other.sync();
    expect((await must(other.handlers['baskets.get']({ id: at.basketId }))).row.name).toBe(typed);
  });

  it('and a VIN or a plate typed with blanks and small letters is put right', async () => {
    const at = await place();
    for (const [field, value] of [
      ['vin', ' vf1 br0a0h-5123 4567 '],
      ['plate', 'ab 123 ce'],
    ])
      await must(
        at.engine.handlers['changes.make']({
          name: 'vehicle.setField',
          args: { id: at.vehicleId, field, value },
        }),
      );
    await at.engine.sync();
    const { vehicle } = await must(at.engine.handlers['vehicles.get']({ id: at.vehicleId }));
    expect(vehicle).toMatchObject({ vin: 'VF1BR0A0H51234567', plate: 'AB-123-CE' });
  });
});

describe('a change to something that the other computer has deleted', () => {
  it('is refused at once where that is known', async () => {
    const at = await place();
    await service.feed.delete(at.accountId, 'basket', at.basketId);
    await at.engine.sync();
    const rename = { name: 'basket.rename', args: { id: at.basketId, name: 'Encore' } };
    expect(await must(at.engine.handlers['changes.make'](rename))).toEqual({
      made: false,
      refusal: { kind: 'not_found' },
    });
  });

  it('comes back to its author where it was not, with all that they typed', async () => {
    const at = await place();
    await offline(at);
    const notes = 'Client pressé, rappeler avant midi';
    await must(
      at.engine.handlers['changes.make']({ name: 'basket.setNotes', args: { id: at.basketId, notes } }),
    );
    await must(
      at.engine.handlers['changes.make']({
        name: 'vehicle.setField',
        args: { id: at.vehicleId, field: 'notes', value: notes },
      }),
    );
    await service.feed.delete(at.accountId, 'basket', at.basketId);
    await service.feed.delete(at.accountId, 'vehicle', at.vehicleId);
    expect(await online(at)).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 2 } });
    expect((await changes(at.engine)).refused).toMatchObject([
      {
        name: 'vehicle.setField',
        args: { value: notes },
        refusal: { kind: 'not_found' },
        canSendAgain: false,
      },
      {
        name: 'basket.setNotes',
        args: { notes },
        subject: { label: 'Révision' },
        refusal: { kind: 'not_found' },
        canSendAgain: false,
      },
    ]);
    expect(await kindOf(at.engine.handlers['baskets.get']({ id: at.basketId }))).toBe('not_found');
  });
});

describe('a change of another version of the app', () => {
  /** As an app of another version would have left it in the folder. */
  async function leave(at: Place, change: { name: string; args: string }): Promise<TestEngine> {
    const { folder, host } = at.engine;
    await at.engine.close();
    const db = openCache(cachePath(folder, at.accountId));
    const row = db.prepare('SELECT ord, at, base, inverse FROM changes WHERE state = 0').get() as {
      ord: number;
      at: string;
      base: string | null;
      inverse: string | null;
    };
    const id = (
      db.prepare('SELECT lower(hex(id)) FROM changes WHERE ord = ?').pluck().get(row.ord) as string
    ).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const sum = checksum(JSON.stringify([id, row.at, change.name, change.args, row.base, row.inverse]));
    db.prepare('UPDATE changes SET name = ?, args = ?, sum = ? WHERE ord = ?').run(
      change.name,
      change.args,
      sum,
      row.ord,
    );
    db.close();
    return openEngine(folder, host);
  }

  it.each([
    ['a name that nobody knows here', { name: 'basket.paint', args: '{"colour":"red"}' }, 'unknown_mutation'],
    ['an argument that nobody knows here', { name: 'basket.rename', args: '{"colour":"red"}' }, 'invalid'],
  ])(
    'with %s is listed, sent, and comes back to its author; what stands behind it goes on',
    async (_what, change, kind) => {
      const at = await place();
      await offline(at);
      await must(
        at.engine.handlers['changes.make']({
          name: 'basket.rename',
          args: { id: at.basketId, name: 'Autre' },
        }),
      );
      const later = await leave(at, change);
      const listed = await changes(later);
      expect(listed.waiting).toMatchObject([
        { name: change.name, args: { colour: 'red' }, state: 'waiting' },
      ]);
      await must(
        later.handlers['changes.make']({ name: 'basket.create', args: { id: newId(), name: 'Suivant' } }),
      );
      expect(await online({ ...at, engine: later })).toMatchObject({ changes: { waiting: 0, refused: 1 } });
      expect((await changes(later)).refused).toMatchObject([
        { name: change.name, args: { colour: 'red' }, refusal: { kind }, canSendAgain: false },
      ]);
      const { baskets } = await must(later.handlers['baskets.list'](undefined));
      expect(baskets.map((basket) => basket.name).sort()).toEqual(['Révision', 'Suivant']);
    },
  );
});
