import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { aProfile, anInvoice, anOrder } from '#test/support/entities.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';
import { call, expectError, pullAll, signIn } from './client.ts';

let running: RunningService;
const invoices = { a: newId(), b: newId() };
const orderId = newId();

const entitiesOf = (name: 'a' | 'b'): Entity[] => [
  { type: 'profile', id: newId(), value: aProfile({ displayName: name }) },
  // The same order id in both accounts: an id is only unique within its account.
  { type: 'order', id: orderId, value: anOrder({ number: `order of ${name}` }) },
  { type: 'invoice', id: invoices[name], value: anInvoice(orderId, { number: `invoice of ${name}` }) },
];

beforeAll(async () => {
  running = await startService({
    renderInvoicePdf: ({ order }) => Promise.resolve(Buffer.from(`%PDF ${order.number}`)),
  });
  for (const name of ['a', 'b'] as const)
    await running.createAccount({ email: `${name}@example.org`, password: name, entities: entitiesOf(name) });
});
afterAll(() => running.close());

it.each(['a', 'b'] as const)('shows %s nothing but its own', async (name) => {
  const other = name === 'a' ? 'b' : 'a';
  const { accessToken: token } = await signIn(running.url, `${name}@example.org`, name);
  const pages = await pullAll(running.url, token);
  const text = JSON.stringify(pages);
  expect(text).toContain(`order of ${name}`);
  expect(text).not.toContain(`of ${other}`);
  expect(text).not.toContain(invoices[other]);
  const own = await call(running.url, routes.invoicePdf(invoices[name]), { token });
  expect(await own.text()).toBe(`%PDF order of ${name}`);
  // Also once the other's document has been made.
  for (let i = 0; i < 2; i += 1)
    await expectError(
      await call(running.url, routes.invoicePdf(invoices[other]), { token }),
      404,
      'not_found',
    );
});

it('asks for a session on every route but the public ones', async () => {
  const document = (await (await call(running.url, routes.openApi)).json()) as {
    paths: Record<string, Record<string, { security?: object[] }>>;
  };
  const routesOf = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({ path, method, open: security?.length === 0 })),
  );
  expect(
    routesOf
      .filter((route) => route.open)
      .map((route) => route.path)
      .sort(),
  ).toEqual(
    [
      routes.health,
      routes.signIn,
      routes.emailConfirmation,
      routes.refresh,
      routes.signUp,
      routes.activation,
      routes.activationMail,
      routes.resetMail,
      routes.resetPassword,
    ].sort(),
  );
  const guarded = routesOf.filter((route) => !route.open);
  expect(guarded.length).toBeGreaterThanOrEqual(4);
  for (const { path, method } of guarded) {
    const response = await call(running.url, path.replace('{id}', newId()), { method: method.toUpperCase() });
    await expectError(response, 401, 'session_expired');
  }
});
