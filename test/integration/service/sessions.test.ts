import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#shared/protocol/routes.ts';
import { Tokens, type SignInResponse } from '#shared/protocol/sessions.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, expectError, manualClock, pullPath, refresh, signIn } from './client.ts';

const clock = manualClock();
let running: RunningService;

beforeAll(async () => {
  running = await startService({ clock });
  await running.createAccount({ email: 'camille@example.org', password: 'right' });
});
afterAll(() => running.close());

const open = (): Promise<SignInResponse> => signIn(running.url, 'camille@example.org', 'right');
const works = async (token: string) => (await call(running.url, pullPath({}), { token })).status === 200;

async function refreshed(refreshToken: string): Promise<Tokens> {
  const response = await refresh(running.url, refreshToken);
  expect(response.status).toBe(200);
  return Tokens.parse(await response.json());
}

describe('a session', () => {
  it('gives access for ten minutes and is refreshed', async () => {
    const session = await open();
    expect(await works(session.accessToken)).toBe(true);
    clock.advance(600_000);
    await expectError(
      await call(running.url, pullPath({}), { token: session.accessToken }),
      401,
      'session_expired',
    );
    const next = await refreshed(session.refreshToken);
    expect(next.refreshToken).not.toBe(session.refreshToken);
    expect(await works(next.accessToken)).toBe(true);
  });

  it('answers the same successor when the first answer got lost', async () => {
    const session = await open();
    const lost = await refreshed(session.refreshToken);
    clock.advance(10_000);
    const again = await refreshed(session.refreshToken);
    expect(again.refreshToken).toBe(lost.refreshToken);
    expect(await works(again.accessToken)).toBe(true);
  });

  it('answers two refreshes at once with one successor', async () => {
    const session = await open();
    const [one, two] = await Promise.all([refreshed(session.refreshToken), refreshed(session.refreshToken)]);
    expect(one.refreshToken).toBe(two.refreshToken);
    expect((await refreshed(one.refreshToken)).refreshToken).not.toBe(one.refreshToken);
  });

  it('ends for everybody when a used token comes back later', async () => {
    const session = await open();
    const next = await refreshed(session.refreshToken);
    clock.advance(10_001);
    await expectError(await refresh(running.url, session.refreshToken), 401, 'session_expired');
    expect(await works(next.accessToken)).toBe(false);
    await expectError(await refresh(running.url, next.refreshToken), 401, 'session_expired');
  });

  it('ends when a token comes back whose successor was used, however soon', async () => {
    const session = await open();
    const next = await refreshed(session.refreshToken);
    const last = await refreshed(next.refreshToken);
    await expectError(await refresh(running.url, session.refreshToken), 401, 'session_expired');
    expect(await works(last.accessToken)).toBe(false);
  });

  it('leaves other sessions of the account alone when one is revoked', async () => {
    const [stolen, other] = [await open(), await open()];
    await refreshed(stolen.refreshToken);
    clock.advance(10_001);
    await expectError(await refresh(running.url, stolen.refreshToken), 401, 'session_expired');
    expect(await works(other.accessToken)).toBe(true);
  });

  it('ends after sixty days, however often it was refreshed', async () => {
    let tokens: Tokens = await open();
    for (let day = 0; day < 60; day += 20) {
      clock.advance(20 * 86_400_000 - 1000);
      tokens = await refreshed(tokens.refreshToken);
    }
    expect(tokens.refreshExpiresInSeconds).toBe(3);
    expect(tokens.accessExpiresInSeconds).toBe(3);
    clock.advance(3000);
    await expectError(await refresh(running.url, tokens.refreshToken), 401, 'session_expired');
    expect(await works(tokens.accessToken)).toBe(false);
  });

  it('ends at sign-out, with all its tokens', async () => {
    const session = await open();
    const next = await refreshed(session.refreshToken);
    const response = await call(running.url, routes.currentSession, {
      method: 'DELETE',
      token: next.accessToken,
    });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(await works(next.accessToken)).toBe(false);
    expect(await works(session.accessToken)).toBe(false);
    await expectError(await refresh(running.url, next.refreshToken), 401, 'session_expired');
  });

  it('is forgotten with its tokens once it is over', async () => {
    await open();
    clock.advance(61 * 86_400_000);
    await running.service.tidy();
    const { db } = running.service.store;
    for (const table of ['sessions', 'access_tokens', 'refresh_tokens'] as const)
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('does not take a refresh token for an access token, nor anything else', async () => {
    const session = await open();
    const header = 'www-authenticate';
    const answers = [session.refreshToken, 'oat_'.padEnd(47, 'A'), 'short'].map((token) =>
      call(running.url, pullPath({}), { token }),
    );
    for (const answer of [...(await Promise.all(answers)), await call(running.url, pullPath({}))]) {
      expect(answer.headers.get(header)).toBe('Bearer');
      await expectError(answer, 401, 'session_expired');
    }
    await expectError(await refresh(running.url, session.accessToken), 401, 'session_expired');
  });
});
