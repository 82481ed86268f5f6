import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { anInvoice, anOrder } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, expectError, manualClock, pullPath, refresh } from './client.ts';
import { createBasket, Device } from './device.ts';
import { Owner, PASSWORD } from './owner.ts';

const clock = manualClock();
let running: RunningService;
let owner: Owner;
let stranger: Owner;
const ids = { order: newId(), invoice: newId(), basket: newId(), session: '', alarm: '' };

beforeAll(async () => {
  running = await startService({
    clock,
    renderInvoicePdf: () => Promise.resolve(Buffer.from('%PDF')),
  });
  owner = await Owner.of(running, [
    { type: 'order', id: ids.order, value: anOrder() },
    { type: 'invoice', id: ids.invoice, value: anInvoice(ids.order) },
  ]);
  await new Device(running.url, owner.session.accessToken).push(createBasket(ids.basket));
  stranger = await Owner.of(running);
  const stolen = await owner.again();
  await refresh(running.url, stolen.refreshToken);
  clock.advance(10_001);
  await refresh(running.url, stolen.refreshToken);
  ids.alarm = (await owner.safety()).suspiciousSignIn!.id;
  const { sessions } = (await (await owner.ask(routes.sessions)).json()) as { sessions: { id: string }[] };
  ids.session = sessions[0]!.id;
});
afterAll(() => running.close());

const mutation = (name: string, args: object) => ({
  id: newId(),
  seq: 1,
  name,
  args,
  at: '2026-06-01T08:00:00.000Z',
});

/** What is asked with the other's ids, where a request can carry any; `public` takes no session, `stream` carries nothing. */
type Asked = 'public' | 'stream' | { id?: () => string; json?: () => object; query?: () => string };
const NO_IDS: Asked = {};

const TABLE: Record<string, Asked> = {
  [`get ${routes.health}`]: 'public',
  [`post ${routes.signIn}`]: 'public',
  [`post ${routes.refresh}`]: 'public',
  [`post ${routes.signUp}`]: 'public',
  [`post ${routes.activation}`]: 'public',
  [`post ${routes.activationMail}`]: 'public',
  [`post ${routes.resetMail}`]: 'public',
  [`post ${routes.resetPassword}`]: 'public',
  [`post ${routes.emailConfirmation}`]: 'public',
  [`get ${routes.pokes}`]: 'stream',
  [`get ${routes.sessions}`]: NO_IDS,
  [`delete ${routes.otherSessions}`]: NO_IDS,
  [`delete ${routes.session('{id}')}`]: { id: () => ids.session },
  [`get ${routes.account}`]: NO_IDS,
  [`post ${routes.accountPassword}`]: {
    json: () => ({ password: PASSWORD, newPassword: PASSWORD, endOtherSessions: true }),
  },
  [`post ${routes.accountEmail}`]: { json: () => ({ password: PASSWORD, email: 'free@example.net' }) },
  [`delete ${routes.accountEmail}`]: NO_IDS,
  [`post ${routes.accountDeletion}`]: { json: () => ({ password: PASSWORD }) },
  [`delete ${routes.accountDeletion}`]: NO_IDS,
  [`get ${routes.accountConsents}`]: NO_IDS,
  [`get ${routes.accountData}`]: NO_IDS,
  [`post ${routes.suspiciousSignIn('{id}')}`]: { id: () => ids.alarm, json: () => ({ mine: false }) },
  [`get ${routes.pull}`]: { query: () => pullPath({}).slice(routes.pull.length) },
  [`post ${routes.push}`]: {
    json: () => ({
      replicaId: newId(),
      mutations: [mutation('basket.rename', { id: ids.basket, name: 'taken' })],
    }),
  },
  [`post ${routes.prices}`]: { json: () => ({ parts: [{ reference: '0 986 494 660', brand: 'Bosch' }] }) },
  [`get ${routes.invoicePdf('{id}')}`]: { id: () => ids.invoice },
  // Last: it ends the session that asks.
  [`delete ${routes.currentSession}`]: NO_IDS,
};

it('the table names every route that the service documents', async () => {
  const document = (await (await call(running.url, routes.openApi)).json()) as {
    paths: Record<string, Record<string, object>>;
  };
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(Object.keys(TABLE).sort()).toEqual(documented.sort());
});

it.each(Object.entries(TABLE).filter(([, asked]) => typeof asked === 'object'))(
  '%s neither shows nor changes what is another’s',
  async (name, asked) => {
    if (typeof asked === 'string') return;
    const [method = '', template = ''] = name.split(' ');
    const path = template.replace('{id}', asked.id?.() ?? '') + (asked.query?.() ?? '');
    const before = await stateOf(owner);
    const response = await stranger.ask(path, {
      method: method.toUpperCase(),
      ...(asked.json ? { json: asked.json() } : {}),
    });
    if (asked.id) await expectError(response, 404, 'not_found');
    else {
      expect(response.status).toBeLessThan(500);
      const text = await response.text();
      for (const secret of [owner.id, owner.email, ids.order, ids.session, ids.alarm])
        expect(text).not.toContain(secret);
    }
    expect(await stateOf(owner)).toEqual(before);
  },
);

it('and the ids are those of things that their owner has', async () => {
  const { suspiciousSignIn } = await owner.safety();
  expect(suspiciousSignIn?.id).toBe(ids.alarm);
  expect((await owner.ask(routes.invoicePdf(ids.invoice))).status).toBe(200);
  expect((await owner.ask(routes.suspiciousSignIn(ids.alarm), { json: { mine: true } })).status).toBe(204);
  expect((await owner.ask(routes.session(ids.session), { method: 'DELETE' })).status).toBe(204);
});

/** All that an owner can see of their account. */
async function stateOf(one: Owner): Promise<string[]> {
  const paths = [routes.account, routes.sessions, routes.accountData, pullPath({})];
  return Promise.all(paths.map(async (path) => (await one.ask(path)).text()));
}
