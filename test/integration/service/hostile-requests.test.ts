import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ServiceError } from '#shared/protocol/errors.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, device, expectError, pullPath } from './client.ts';

let running: RunningService;
const lines: string[] = [];

beforeAll(async () => {
  running = await startService({
    log: { level: 'trace', stream: { write: (line) => void lines.push(line) } },
  });
});
afterAll(() => running.close());

const post = (body: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  call(running.url, routes.signIn, { body, headers });

/** Bytes over a bare socket, for what fetch() would never send. */
const sendBytes = (bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const { port, hostname } = new URL(running.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('close', () => resolve(answer)).on('error', reject);
  });

describe('a body', () => {
  it.each([
    ['nothing', ''],
    ['half an object', '{"email":'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a poisoned prototype', '{"__proto__":{"x":1},"email":"a@b.c"}'],
    ['numbers for words', '{"email":1,"password":2,"device":3}'],
    ['an unknown field', JSON.stringify({ email: 'a@b.c', password: 'x', device, admin: true })],
    ['a password of 1,001', JSON.stringify({ email: 'a@b.c', password: 'x'.repeat(1001), device })],
    ['deep nesting', '['.repeat(8000)],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00])],
  ])('of %s is an invalid request', async (_name, body) => {
    await expectError(await post(body), 400, 'invalid_request');
  });

  it('that is huge is refused unread', async () => {
    await expectError(await post(`{"email":"${'a'.repeat(20_000)}"}`), 413, 'payload_too_large');
  });

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ])('of type %s is refused', async (type) => {
    await expectError(await post('{}', { 'content-type': type }), 415, 'unsupported_media_type');
  });
});

describe('an address', () => {
  it.each(['/', '/v1', '/v1/nothing', '/v1/sync/pull/', '/.env', '/V1/sessions'])(
    '%s does not exist',
    async (path) => {
      await expectError(await call(running.url, path), 404, 'not_found');
    },
  );

  it.each([
    ['PUT', routes.signIn, 'POST, GET'],
    ['HEAD', routes.health, 'GET'],
    ['POST', routes.invoicePdf('x'), 'GET'],
    ['GET', routes.currentSession, 'DELETE'],
  ])('does not take %s %s', async (method, path, allowed) => {
    const response = await call(running.url, path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
    if (method !== 'HEAD') await expectError(response, 405, 'method_not_allowed');
  });

  it('that cannot be decoded is an invalid request', async () => {
    const answer = await sendBytes(
      `GET /v1/invoices/%zz/pdf HTTP/1.1\r\nHost: x\r\n${PROTOCOL_HEADER}: 1\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(ServiceError.parse(bodyOf(answer)).error.kind).toBe('invalid_request');
  });
});

const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

describe('bytes', () => {
  it.each([
    ['that are not HTTP', 'HELLO\r\n\r\n', 400],
    ['with endless headers', `GET / HTTP/1.1\r\nHost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s get an answer of the one shape', async (_name, bytes, status) => {
    const answer = await sendBytes(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/\r\nDate: /);
    expect(ServiceError.parse(bodyOf(answer)).error.kind).toBe('invalid_request');
  });
});

describe('the protocol version', () => {
  it.each(['0', String(PROTOCOL_VERSION + 1), '999999'])('%s is answered with 426', async (version) => {
    const response = await call(running.url, pullPath({}), { headers: { [PROTOCOL_HEADER]: version } });
    expect(response.headers.get('upgrade')).toBe(`oscaro-protocol/${PROTOCOL_VERSION}`);
    await expectError(response, 426, 'upgrade_required');
  });

  it.each(['', 'one', '1.5', '-1', '1, 2'])('"%s" is an invalid request', async (version) => {
    const response = await call(running.url, pullPath({}), { headers: { [PROTOCOL_HEADER]: version } });
    await expectError(response, 400, 'invalid_request');
  });

  it.each(['1', '2', '3'])('%s is spoken', async (version) => {
    const response = await call(running.url, pullPath({}), { headers: { [PROTOCOL_HEADER]: version } });
    await expectError(response, 401, 'session_expired');
    const health = (await (await call(running.url, routes.health)).json()) as { protocol: object };
    expect(health.protocol).toEqual({ min: 1, max: 3 });
  });

  it('is needed under /v1 only', async () => {
    expect((await fetch(`${running.url}${routes.health}`)).status).toBe(200);
    await expectError(await fetch(`${running.url}${pullPath({})}`), 400, 'invalid_request');
  });
});

it('gives every answer a date and the security headers', async () => {
  const answers = [
    await call(running.url, routes.health),
    await call(running.url, '/nothing'),
    await call(running.url, pullPath({})),
  ];
  for (const { headers } of answers) {
    expect(Date.parse(headers.get('date')!)).not.toBeNaN();
    expect(headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

it('limits the rate of requests by address', async () => {
  const own = await startService({ limits: { requestsPerMinute: 5, signInsPerMinute: 2 } });
  const sign = () => call(own.url, routes.signIn, { json: { email: 'a@b.c', password: 'x', device } });
  expect([(await sign()).status, (await sign()).status]).toEqual([401, 401]);
  const refused = await sign();
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  await expectError(refused, 429, 'throttled');
  const statuses: number[] = [];
  for (let i = 0; i < 8; i += 1) statuses.push((await call(own.url, '/nothing')).status);
  expect(statuses.slice(0, 2)).toEqual([404, 404]);
  expect(statuses.at(-1)).toBe(429);
  await own.close();
});

it('logs no address, no query, no token and no body', async () => {
  await running.createAccount({ email: 'private@example.org', password: 'Sesame-1!' });
  const response = await call(running.url, routes.signIn, {
    json: { email: 'private@example.org', password: 'Sesame-1!', device: { ...device, name: 'Kitchen' } },
  });
  const { accessToken } = (await response.json()) as { accessToken: string };
  await call(running.url, pullPath({ cursor: 'secret-cursor' }), { token: accessToken });
  await post('{"email":"typo@example.org"');
  expect((await call(running.url, pullPath({}), { token: accessToken })).status).toBe(200);
  await vi.waitFor(() => expect(lines.join('')).toMatch(/"route":"\/v1\/sync\/pull","status":200/));
  const log = lines.join('');
  expect(log).toContain(routes.pull);
  for (const secret of [
    'example.org',
    'Sesame',
    'Kitchen',
    accessToken,
    'secret-cursor',
    '127.0.0.1"',
    'replicaId',
  ])
    expect(log).not.toContain(secret);
});
