import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { Folders, kindOf, must, openTestEngine, PASSWORD, type TestEngine } from '#test/support/engine.ts';
import { startService, type RunningService } from '#test/support/service.ts';

let service: RunningService;
const folders = new Folders();
let engine: TestEngine | undefined;

beforeAll(async () => {
  service = await startService();
});
afterEach(async () => {
  await engine?.close();
  folders.clear();
});
afterAll(() => service.close());

async function account(): Promise<string> {
  const email = `${newId()}@example.org`;
  await service.createAccount({ email, password: PASSWORD });
  return email;
}

const typed = ({ handlers }: TestEngine) => must(handlers['typed.get'](undefined));
const keep = ({ handlers }: TestEngine, texts: Parameters<(typeof handlers)['typed.keep']>[0]) =>
  must(handlers['typed.keep'](texts));

it('what was typed is there after a restart, each text by itself', async () => {
  const folder = folders.make();
  engine = openTestEngine({ url: service.url, folder });
  const { host } = engine;
  await engine.signIn(await account());
  expect(await typed(engine)).toEqual({});
  await keep(engine, { orders: 'AB-123-CD', support: 'Bonjour, mon colis' });
  await keep(engine, { searches: ['Morel'], orders: '' });
  await engine.close();
  engine = openTestEngine({ url: service.url, folder, host });
  expect(await typed(engine)).toEqual({ orders: '', support: 'Bonjour, mon colis', searches: ['Morel'] });
});

it('each account has its own, and signing out takes them away', async () => {
  const [first, second] = [await account(), await account()];
  engine = openTestEngine({ url: service.url, folder: folders.make() });
  await engine.signIn(first);
  await keep(engine, { vehicles: 'AB-123-CD' });
  await engine.signIn(second);
  expect(await typed(engine)).toEqual({});
  await must(engine.handlers['session.signOut'](undefined));
  expect(await typed(engine)).toEqual({ vehicles: 'AB-123-CD' });
  await must(engine.handlers['session.signOut'](undefined));
  expect(await kindOf(engine.handlers['typed.get'](undefined))).toBe('not_signed_in');
  await engine.signIn(first);
  expect(await typed(engine)).toEqual({});
});
