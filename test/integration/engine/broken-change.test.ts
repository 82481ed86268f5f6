import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { systemClock, type Clock } from '#core/env.ts';
import { newId } from '#shared/domain/ids.ts';
import { mutators, type MutationCall } from '#shared/mutations/all.ts';
import { Folders, must, openTestEngine, PASSWORD, until, type TestEngine } from '#test/support/engine.ts';
import { always, startFaultyProxy, type FaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type RunningService } from '#test/support/service.ts';

/** A bug in one change of this computer is no reason to show nothing of what the service tells. */
const PULL = /^\/v1\/sync\/pull/;
const PUSH = /^\/v1\/sync\/push/;
const stillClock: Clock = {
  ...systemClock,
  after: (ms, callback) => (ms < 1000 ? systemClock.after(ms, callback) : () => undefined),
};

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
  vi.restoreAllMocks();
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

async function device(email: string, url: string): Promise<TestEngine> {
  const engine = openTestEngine({ url, folder: folders.make(), env: { clock: stillClock } });
  open.push(engine);
  await engine.signIn(email);
  await engine.sync();
  return engine;
}

async function make(engine: TestEngine, call: MutationCall): Promise<string> {
  const made = await must(engine.handlers['changes.make'](call));
  if (!made.made) throw new Error(`refused: ${JSON.stringify(made.refusal)}`);
  return made.id;
}

/** From now on the mutator fails whenever it is made again on top of something newer, as with a value that nobody thought of. */
function breakNotes(): void {
  const { run } = mutators['basket.setNotes'];
  vi.spyOn(mutators['basket.setNotes'], 'run').mockImplementation((read, args, context) => {
    if (context.mode === 'replay') throw new TypeError('a value that nobody thought of');
    return run(read, args, context);
  });
}

it('shows what the service tells although a waiting change cannot be replayed, says so in the log, and sends the change', async () => {
  const email = `${newId()}@example.org`;
  await service.createAccount({ email, password: PASSWORD });
  const engine = await device(email, proxy.url);
  const other = await device(email, service.url);
  const id = newId();
  await make(engine, { name: 'basket.create', args: { id, name: 'Révision' } });
  await engine.sync();
  await other.sync();

  breakNotes();
  let release!: () => void;
  proxy.rule = always(PULL, { kind: 'hold', until: new Promise<void>((resolve) => (release = resolve)) });
  await make(other, {
    name: 'basket.addLines',
    args: {
      basketId: id,
      lines: [{ part: { reference: 'W 712', brand: 'MANN', name: 'Filtre' }, quantity: 1 }],
    },
  });
  await other.sync();
  const synced = engine.sync();
  await until(() => proxy.seen.some(({ path }) => PULL.test(path)));
  await make(engine, { name: 'basket.setNotes', args: { id, notes: 'Avant lundi' } });
  await make(engine, { name: 'basket.rename', args: { id, name: 'Vidange' } });
  proxy.rule = always(PUSH, { kind: 'cut' });
  release();
  await synced;
  expect(await must(engine.handlers['baskets.get']({ id }))).toMatchObject({
    row: { name: 'Vidange', lineCount: 1 },
  });
  expect(engine.host.logged).toContainEqual(
    expect.objectContaining({
      level: 'error',
      message: 'a waiting change cannot be replayed',
      fields: expect.objectContaining({ name: 'basket.setNotes', error: 'TypeError' }) as unknown,
    }),
  );
  expect(JSON.stringify(engine.host.logged)).not.toContain('nobody thought');

  proxy.rule = undefined;
  expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
  await other.sync();
  expect(await must(other.handlers['baskets.get']({ id }))).toMatchObject({
    basket: { name: 'Vidange', notes: 'Avant lundi' },
  });
});
