import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import type { AccountsHere } from '#shared/ipc/accounts.ts';
import type { MutationCall } from '#shared/ipc/changes.ts';
import {
  cachePath,
  Folders,
  kindOf,
  must,
  openTestEngine,
  PASSWORD,
  testHost,
  until,
} from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions } from '#test/support/engine.ts';
import { anInvoice, anOrder } from '#test/support/entities.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type RunningService } from '#test/support/service.ts';

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];
const PULL = /^\/v1\/sync\/pull/;
const PUSH = /^\/v1\/sync\/push/;

beforeAll(async () => {
  service = await startService();
  proxy = await startFaultyProxy(service.url);
});
afterEach(async () => {
  proxy.rule = undefined;
  proxy.seen.length = 0;
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

interface Who {
  email: string;
  accountId: string;
}

function openEngine(options: Partial<TestEngineOptions> = {}): TestEngine {
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), ...options });
  open.push(engine);
  return engine;
}

async function account(orders: number, displayName = 'Camille'): Promise<Who> {
  const email = `${newId()}@example.org`;
  const entities = Array.from({ length: orders }, () => ({
    type: 'order' as const,
    id: newId(),
    value: anOrder(),
  }));
  const accountId = await service.createAccount({ email, password: PASSWORD, entities, displayName });
  return { email, accountId };
}

/** A computer on which both have signed in, the second one shown. */
async function both(options: Partial<TestEngineOptions> = {}): Promise<[TestEngine, Who, Who]> {
  const [first, second] = [await account(3), await account(1, 'Garage')];
  const engine = openEngine(options);
  for (const { email } of [first, second]) {
    await engine.signIn(email);
    await engine.sync();
  }
  return [engine, first, second];
}

const list = (engine: TestEngine): Promise<AccountsHere> => must(engine.handlers['accounts.list'](undefined));
const show = (engine: TestEngine, { accountId }: Who): Promise<unknown> =>
  must(engine.handlers['accounts.switch']({ id: accountId }));
const orders = async (engine: TestEngine): Promise<number> =>
  (await must(engine.handlers['orders.summary']({}))).count;
const shown = async (engine: TestEngine): Promise<string | undefined> => {
  const session = await must(engine.handlers['session.get'](undefined));
  return 'account' in session ? session.account.id : undefined;
};
const make = async (engine: TestEngine, call: MutationCall): Promise<void> => {
  expect(await must(engine.handlers['changes.make'](call))).toMatchObject({ made: true });
};
const createBasket = (engine: TestEngine, id = newId()) =>
  make(engine, { name: 'basket.create', args: { id, name: 'Révision' } });
const offline = (engine: TestEngine) => {
  proxy.rule = always(/./, { kind: 'cut' });
  return engine.sync();
};
/** Both ends of something that the service does not answer yet. */
function held(path: RegExp): { reached: () => Promise<void>; letGo: () => void } {
  let letGo = (): void => undefined;
  const until_ = new Promise<void>((resolve) => (letGo = resolve));
  const from = proxy.seen.length;
  proxy.rule = (seen) => (path.test(seen.path) ? { kind: 'hold', until: until_ } : undefined);
  return {
    reached: () => until(() => proxy.seen.slice(from).some((seen) => path.test(seen.path)), 'the request'),
    letGo,
  };
}

describe('several accounts', () => {
  it('are listed in the order in which they came, each once, with what is only here', async () => {
    const [engine, first, second] = await both();
    await offline(engine);
    await createBasket(engine);
    proxy.rule = undefined;
    await engine.signIn(first.email);
    expect((await list(engine)).accounts).toMatchObject([
      { id: first.accountId, displayName: 'Camille', current: true, onlyHere: { waiting: 0, refused: 0 } },
      { id: second.accountId, displayName: 'Garage', current: false, onlyHere: { waiting: 1, refused: 0 } },
    ]);
  });

  it('change at once without a network, and the last one is shown after a restart', async () => {
    const [host, folder] = [testHost(), folders.make()];
    const [engine, first, second] = await both({ host, folder });
    await offline(engine);
    expect(await orders(engine)).toBe(1);
    await show(engine, first);
    expect(await orders(engine)).toBe(3);
    expect(await shown(engine)).toBe(first.accountId);
    await engine.close();
    const later = openEngine({ host, folder });
    expect(await shown(later)).toBe(first.accountId);
    await show(later, second);
    expect(await orders(later)).toBe(1);
    expect(await kindOf(later.handlers['accounts.switch']({ id: newId() }))).toBe('not_found');
  });

  it('keep their sessions: each goes on with its own when the network is back', async () => {
    const [engine, first, second] = await both();
    await service.feed.put(first.accountId, 'order', newId(), anOrder());
    await service.feed.put(second.accountId, 'order', newId(), anOrder());
    await show(engine, first);
    expect(await engine.sync()).toMatchObject({ phase: 'idle', counts: { orders: 4 } });
    await show(engine, second);
    expect(await engine.sync()).toMatchObject({ phase: 'idle', counts: { orders: 2 } });
  });

  it('leave a pull under way behind', async () => {
    const [engine, first, second] = await both();
    await service.feed.put(second.accountId, 'order', newId(), anOrder());
    const pull = held(PULL);
    const syncing = engine.sync();
    await pull.reached();
    await show(engine, first);
    pull.letGo();
    proxy.rule = undefined;
    await syncing;
    expect(await orders(engine)).toBe(3);
    await show(engine, second);
    expect(await engine.sync()).toMatchObject({ counts: { orders: 2 } });
  });

  it('never send the changes of one under the other, also when a push is cut by the change', async () => {
    const [engine, first, second] = await both();
    const push = held(PUSH);
    const id = newId();
    await createBasket(engine, id);
    await push.reached();
    await show(engine, first);
    push.letGo();
    proxy.rule = undefined;
    await engine.sync();
    expect(await kindOf(engine.handlers['baskets.get']({ id }))).toBe('not_found');
    expect((await must(engine.handlers['baskets.list'](undefined))).baskets).toEqual([]);
    await show(engine, second);
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    const elsewhere = openEngine();
    await elsewhere.signIn(second.email);
    await elsewhere.sync();
    expect((await must(elsewhere.handlers['baskets.list'](undefined))).baskets).toMatchObject([{ id }]);
  });

  it('end an archive that is being written, and leave nothing of it', async () => {
    const [engine, first, second] = await both();
    for (let i = 0; i < 3; i += 1)
      await service.feed.put(second.accountId, 'invoice', newId(), anInvoice(newId()));
    await engine.sync();
    const pdf = held(/\/pdf$/);
    const path = join(engine.folder, 'invoices.zip');
    const zip = engine.handlers['exports.invoicesZip']({ jobId: newId(), filter: {}, path });
    await pdf.reached();
    await show(engine, first);
    expect(await kindOf(zip)).toBe('cancelled');
    expect(readdirSync(engine.folder).filter((name) => name.startsWith('invoices.zip'))).toEqual([]);
  });

  it('tell who is shown before anything of it is told', async () => {
    const [engine, first] = await both();
    const told: string[] = [];
    engine.on('session', (session) => told.push('account' in session ? session.account.id : ''));
    engine.on('sync.status', ({ counts }) => told.push(String(counts.orders)));
    await show(engine, first);
    expect(told[0]).toBe(first.accountId);
    expect(engine.isShown(first.accountId)).toBe(true);
  });
});

describe('signing out of one of several', () => {
  it('shows the next one, and the sign-in screen after the last', async () => {
    const [engine, first, second] = await both();
    expect(await must(engine.handlers['session.signOut'](undefined))).toMatchObject({
      account: { id: first.accountId },
    });
    expect(await orders(engine)).toBe(3);
    expect(existsSync(cachePath(engine.folder, second.accountId))).toBe(false);
    expect(await must(engine.handlers['session.signOut'](undefined))).toMatchObject({ state: 'signed_out' });
  });

  it('keeps what is not sent for the next sign-in, out of sight until then, without a network too', async () => {
    const [engine, , second] = await both();
    await offline(engine);
    const id = newId();
    await createBasket(engine, id);
    await must(engine.handlers['session.signOut']({ unsent: 'keep' }));
    expect(readdirSync(join(engine.folder, 'accounts', second.accountId))).toEqual([
      'changes.journal',
      'keys-copy.json',
      'keys.json',
    ]);
    expect(engine.host.secrets.has(second.accountId)).toBe(false);
    expect(await list(engine)).toMatchObject({
      accounts: [{ current: true }],
      leftBehind: { waiting: 1, refused: 0 },
    });
    proxy.rule = undefined;
    await engine.signIn(second.email);
    await engine.sync();
    expect((await must(engine.handlers['baskets.list'](undefined))).baskets).toMatchObject([{ id }]);
    expect(await engine.status()).toMatchObject({ changes: { waiting: 0 }, counts: { orders: 1 } });
  });

  it('keeps refused ones with the reason, to be decided about later', async () => {
    const [engine, , second] = await both();
    const id = newId();
    await createBasket(engine, id);
    await engine.sync();
    await offline(engine);
    await make(engine, { name: 'basket.rename', args: { id, name: 'Vidange' }, base: 'Révision' });
    await service.feed.delete(second.accountId, 'basket', id);
    proxy.rule = undefined;
    expect(await engine.sync()).toMatchObject({ changes: { refused: 1 } });
    expect(await kindOf(engine.handlers['session.signOut'](undefined))).toBe('changes_waiting');
    await must(engine.handlers['session.signOut']({ unsent: 'keep' }));
    await engine.signIn(second.email);
    await engine.sync();
    const { refused } = await must(engine.handlers['changes.list'](undefined));
    expect(refused).toMatchObject([{ name: 'basket.rename', refusal: { kind: 'not_found' } }]);
  });
});

describe('erasing this computer', () => {
  it.each([true, false])('leaves nothing of any account (services reachable: %s)', async (reachable) => {
    const [engine, , second] = await both();
    await offline(engine);
    await createBasket(engine);
    await must(engine.handlers['session.signOut']({ unsent: 'keep' }));
    await createBasket(engine);
    proxy.rule = undefined;
    await engine.signIn(second.email);
    const ends = (): number => proxy.seen.filter(({ method }) => method === 'DELETE').length;
    const before = ends();
    if (!reachable) proxy.rule = always(/./, { kind: 'cut' });
    expect(await must(engine.handlers['accounts.eraseAll'](undefined))).toMatchObject({
      state: 'signed_out',
    });
    expect(readdirSync(join(engine.folder, 'accounts'))).toEqual([]);
    expect(engine.host.secrets.size).toBe(0);
    expect(await list(engine)).toEqual({ accounts: [], leftBehind: { waiting: 0, refused: 0 }, shut: 0 });
    if (reachable) expect(ends() - before).toBe(2);
  });
});
