import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '#shared/protocol/routes.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { aProfile } from '#test/support/entities.ts';
import { newId } from '#shared/domain/ids.ts';
import { call, device, expectError, manualClock, signIn } from './client.ts';

const clock = manualClock();
let running: RunningService;

beforeAll(async () => {
  running = await startService({ clock, trustProxy: ['127.0.0.1'] });
});
afterAll(() => running.close());
// A day later, every counter has been forgotten.
beforeEach(() => clock.advance(25 * 3_600_000));

/** Tries a password as if from this address. */
const attempt = (email: string, password: string, from = '192.0.2.1') =>
  call(running.url, routes.signIn, {
    json: { email, password, device },
    headers: { 'x-forwarded-for': from },
  });

describe('signing in', () => {
  it('opens a session and says whose it is', async () => {
    const id = await running.createAccount({
      email: 'Garage@Example.org',
      password: 'pässwörd-1!',
      entities: [
        { type: 'profile', id: newId(), value: aProfile({ kind: 'garage', displayName: 'Garage Morel' }) },
      ],
    });
    // Decomposed letters, capitals and spaces, as another keyboard would send them.
    const session = await signIn(running.url, ' garage@example.ORG', 'pässwörd-1!'.normalize('NFD'));
    expect(session.account).toEqual({
      id,
      kind: 'garage',
      email: 'garage@example.org',
      displayName: 'Garage Morel',
    });
    expect(session.accessExpiresInSeconds).toBe(600);
    expect(session.refreshExpiresInSeconds).toBe(60 * 86_400);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    await running.createAccount({ email: 'alike@example.org', password: 'right' });
    const wrong = await expectError(await attempt('alike@example.org', 'wrong'), 401, 'invalid_credentials');
    const unknown = await expectError(
      await attempt('nobody@example.org', 'wrong'),
      401,
      'invalid_credentials',
    );
    expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' });
  });

  it('stores no password and no token in clear', async () => {
    await running.createAccount({ email: 'clear@example.org', password: 'sesame-sesame' });
    const session = await signIn(running.url, 'clear@example.org', 'sesame-sesame');
    const { db } = running.service.store;
    const dump = JSON.stringify([
      await db.selectFrom('accounts').selectAll().execute(),
      await db.selectFrom('sessions').selectAll().execute(),
      await db.selectFrom('access_tokens').selectAll().execute(),
      await db.selectFrom('refresh_tokens').selectAll().execute(),
      await db.selectFrom('throttles').selectAll().execute(),
    ]);
    expect(dump).toContain('$argon2id$');
    for (const secret of [
      'sesame-sesame',
      session.accessToken,
      session.refreshToken,
      '192.0.2.1',
      '127.0.0.1',
    ])
      expect(dump).not.toContain(secret);
  });
});

describe('throttling', () => {
  it('makes each further failure wait longer, and forgets after a success', async () => {
    await running.createAccount({ email: 'slow@example.org', password: 'right' });
    for (let i = 0; i < 5; i += 1)
      await expectError(await attempt('slow@example.org', 'wrong'), 401, 'invalid_credentials');
    const waits: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const refused = await attempt('slow@example.org', 'right');
      const seconds = Number(refused.headers.get('retry-after'));
      const error = await expectError(refused, 429, 'throttled');
      expect(error.retryAfterSeconds).toBe(seconds);
      waits.push(seconds);
      clock.advance(seconds * 1000);
      await expectError(await attempt('slow@example.org', 'wrong'), 401, 'invalid_credentials');
    }
    expect(waits).toEqual([2, 4, 8]);
    clock.advance(16_000);
    expect((await attempt('slow@example.org', 'right')).status).toBe(201);
    expect((await attempt('slow@example.org', 'wrong')).status).toBe(401);
    expect((await attempt('slow@example.org', 'right')).status).toBe(201);
  });

  it('counts attempts made at the same time', async () => {
    await running.createAccount({ email: 'burst@example.org', password: 'right' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => attempt('burst@example.org', 'wrong')),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  it('throttles an address that has no account just the same', async () => {
    for (let i = 0; i < 5; i += 1) await attempt('ghost@example.org', 'wrong');
    await expectError(await attempt('ghost@example.org', 'wrong'), 429, 'throttled');
  });

  it('never lets strangers lock the owner out, while guessing gets dearer for each of them', async () => {
    await running.createAccount({ email: 'target@example.org', password: 'right' });
    for (let i = 0; i < 30; i += 1) await attempt('target@example.org', 'wrong', `198.51.100.${i}`);
    // Another stranger: one guess, then a long wait.
    await expectError(
      await attempt('target@example.org', 'wrong', '203.0.113.7'),
      401,
      'invalid_credentials',
    );
    const refused = await attempt('target@example.org', 'wrong', '203.0.113.7');
    expect(Number(refused.headers.get('retry-after'))).toBe(30);
    // The owner, from anywhere.
    expect((await attempt('target@example.org', 'right', '203.0.113.99')).status).toBe(201);
  });

  it('slows an address that tries many accounts, but not for an account it has signed in to', async () => {
    await running.createAccount({ email: 'colleague@example.org', password: 'right' });
    expect((await attempt('colleague@example.org', 'right', '192.0.2.50')).status).toBe(201);
    for (let i = 0; i < 30; i += 1) await attempt(`guess-${i}@example.org`, 'wrong', '192.0.2.50');
    await expectError(await attempt('guess-31@example.org', 'wrong', '192.0.2.50'), 429, 'throttled');
    expect((await attempt('colleague@example.org', 'right', '192.0.2.50')).status).toBe(201);
    expect((await attempt('guess-31@example.org', 'wrong', '192.0.2.51')).status).toBe(401);
  });
});
