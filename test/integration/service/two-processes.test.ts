import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParser } from 'eventsource-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#service/clock.ts';
import { makeOutbox } from '#service/mail/outbox.ts';
import { openStore } from '#service/store/open.ts';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { startMailServer, type MailServer } from '#test/support/mail-server.ts';
import { spawnService, startService, type SpawnedService } from '#test/support/service.ts';
import { call, pullPath, signIn } from './client.ts';
import { addOne, createBasket, Device } from './device.ts';

let data: string;
let services: SpawnedService[];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'two-processes-'));
  services = [];
});
afterEach(async () => {
  await Promise.all(services.map((service) => service.stop()));
  rmSync(data, { recursive: true, force: true });
});

async function spawn(...args: string[]): Promise<SpawnedService> {
  const service = await spawnService(['--port', '0', '--data', data, '--rate-limit', '0', ...args]);
  services.push(service);
  return service;
}

/** Two processes of the service on one database; the first brings the demo. */
async function spawnTwo(): Promise<[string, string]> {
  const first = await spawn('--demo', '--demo-orders', '3');
  const second = await spawn();
  return [first.url, second.url];
}

const open = (url: string) => signIn(url, 'camille@example.org', 'Demo-2026!');

/** Listens for pokes; `next()` is the name of the next event, or 'end'. */
async function listen(url: string, token: string) {
  const response = await call(url, routes.pokes, { token });
  expect(response.status).toBe(200);
  const events: string[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event.event ?? '') });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  return {
    async next(): Promise<string> {
      for (;;) {
        const event = events.shift();
        if (event !== undefined) return event;
        const { done, value } = await reader.read();
        if (done) return 'end';
        parser.feed(value);
      }
    },
  };
}

describe('two processes on one database', () => {
  it('can make it together, each waiting for the other', async () => {
    const both = await Promise.all([spawn(), spawn(), spawn()]);
    for (const { url } of both) expect((await call(url, routes.health)).status).toBe(200);
  });

  it('poke the listeners of each other, and know the tokens of each other', async () => {
    const [here, there] = await spawnTwo();
    const session = await open(here);
    const stream = await listen(there, session.accessToken);
    expect(await stream.next()).toBe('poke');
    const device = new Device(here, (await open(here)).accessToken);
    // Whatever was poked for until now was about the signing in.
    const basket = newId();
    await device.push(createBasket(basket));
    const changed = async (): Promise<boolean> => {
      const response = await call(there, pullPath({ replicaId: device.replicaId, limit: 1000 }), {
        token: session.accessToken,
      });
      return (await response.text()).includes(basket);
    };
    do expect(await stream.next()).toBe('poke');
    while (!(await changed()));
  });

  it('end the streams of sessions that end in the other', async () => {
    const [here, there] = await spawnTwo();
    const session = await open(here);
    const other = await open(here);
    const stream = await listen(there, session.accessToken);
    const stays = await listen(there, other.accessToken);
    expect(await stays.next()).toBe('poke');
    await call(here, routes.currentSession, { method: 'DELETE', token: session.accessToken });
    let event: string;
    do event = await stream.next();
    while (event === 'poke');
    expect(event).toBe('end');
    // The other one of that account is told that it has one device less.
    expect(await stays.next()).toBe('poke');
    expect((await call(there, routes.sessions, { token: session.accessToken })).status).toBe(401);
  });

  it('give the devices of an account one secret, also when they first sign in at the same time', async () => {
    const urls = await spawnTwo();
    const sessions = await Promise.all([...urls, ...urls].map(open));
    const secrets = new Set(sessions.map(({ deviceSecret }) => deviceSecret));
    expect(secrets.size).toBe(1);
    expect((await open(urls[1])).deviceSecret).toBe(sessions[0]!.deviceSecret);
    for (const service of services) expect(service.log()).not.toContain(sessions[0]!.deviceSecret);
  });

  it('take pushes for one account at the same time without losing or doubling any', async () => {
    const urls = await spawnTwo();
    const basket = newId();
    const devices = await Promise.all(
      [...urls, ...urls].map(async (url) => new Device(url, (await open(url)).accessToken)),
    );
    await devices[0]!.push(createBasket(basket));
    await Promise.all(
      devices.map(async (device) => {
        for (let round = 0; round < 15; round += 1) await device.push(addOne(basket));
      }),
    );
    const response = await call(urls[0], pullPath({ replicaId: devices[0]!.replicaId, limit: 1000 }), {
      token: devices[0]!.token,
    });
    const { changes } = (await response.json()) as {
      changes: { id: string; value: { lines: { quantity: number }[] } }[];
    };
    const lines = changes.find(({ id }) => id === basket)!.value.lines;
    expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(60);
  });
});

describe('the demo of two processes', () => {
  /** Accounts that this process has loaded, by its own log. */
  const loadedBy = (service: SpawnedService): number =>
    Number(/"loaded":(\d+),"msg":"demo accounts loaded"/.exec(service.log())?.[1]);

  /** Some account is there, and what belongs to it is still on its way: it takes longer than to start a process. */
  async function beingLoaded(): Promise<void> {
    const store = await openStore(data);
    const begun = () => store.db.selectFrom('entities').select('id').limit(1).execute();
    await expect.poll(begun, { timeout: 30_000 }).toHaveLength(1);
    await store.close();
  }

  it('is loaded once when one starts while the other loads it', async () => {
    const demo = ['--demo', '--demo-orders', '10000'];
    const first = spawn(...demo);
    await beingLoaded();
    const both = await Promise.all([first, spawn(...demo)]);
    for (const { url } of both) await open(url);
    const store = await openStore(data);
    const accounts = await store.db.selectFrom('accounts').select(['key', 'rev']).execute();
    const entities = await store.db
      .selectFrom('entities')
      .select((e) => ['account_key', e.fn.countAll<number>().as('count')])
      .groupBy('account_key')
      .execute();
    await store.close();
    // One revision for each entity: nothing was written a second time.
    expect(entities.map(({ account_key, count }) => [account_key, count])).toEqual(
      accounts.map(({ key, rev }) => [key, rev]),
    );
    expect(both.map(loadedBy)).toEqual([accounts.length, 0]);
  });
});

describe('mails of two processes', () => {
  let server: MailServer;
  beforeEach(async () => {
    server = await startMailServer();
  });
  afterEach(() => server.close());

  /** As a third process would. */
  async function enqueue(recipients: readonly string[]): Promise<void> {
    const store = await openStore(data);
    const outbox = makeOutbox(store, systemClock);
    await store.db.transaction().execute(async (trx) => {
      for (const to of recipients)
        await outbox.enqueue(trx, undefined, { kind: 'deletion_cancelled', to, language: 'fr' });
    });
    await store.close();
  }

  async function waiting(): Promise<number> {
    const store = await openStore(data);
    const count = await makeOutbox(store, systemClock).waiting();
    await store.close();
    return count;
  }

  it('leave once each, whoever takes them', async () => {
    const smtp = ['--smtp-url', `smtp://127.0.0.1:${server.port}`];
    const recipients = Array.from({ length: 60 }, (_, at) => `person-${at}@example.org`);
    await enqueue([]);
    await Promise.all([spawn(...smtp), spawn(...smtp)]);
    await enqueue(recipients);
    await server.received(60);
    // Stopped in good order, so that all is settled and nothing is on its way any more.
    await Promise.all(services.map((service) => service.stop()));
    expect(server.mails.map(({ to }) => to[0]).sort()).toEqual([...recipients].sort());
    expect(await waiting()).toBe(0);
  });

  it('come again, known as the same, when a process dies before it could note that one has left', async () => {
    const victim = await spawn('--smtp-url', `smtp://127.0.0.1:${server.port}`);
    let killed: Promise<unknown> | undefined;
    server.beforeAnswer = async () => {
      killed ??= victim.stop('SIGKILL');
      await killed;
    };
    await enqueue(['zoe@example.org']);
    await server.received(1);
    await killed;
    expect(await waiting()).toBe(1);
    // Another one takes it over, once it can be sure that nobody has it in hand.
    const later = { now: () => Date.now() + 6 * 60_000 };
    const running = await startService({
      dataDir: data,
      clock: later,
      mail: {
        server: { host: '127.0.0.1', port: server.port, implicitTls: false, plainAllowed: true },
        from: { name: '', address: 'no-reply@oscaro-desktop.localhost' },
      },
    });
    await server.received(2);
    await running.close();
    const [first, second] = server.mails.map(({ parsed }) => parsed);
    expect(second!.messageId).toBe(first!.messageId);
    expect(second!.date).toBe(first!.date);
    expect(await waiting()).toBe(0);
  });
});
