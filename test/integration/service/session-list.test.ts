import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { SessionList } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse } from '#shared/protocol/sessions.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, expectError, manualClock, pullPath, refresh, signIn } from './client.ts';

const clock = manualClock();
let running: RunningService;
beforeAll(async () => {
  running = await startService({ clock });
});
afterAll(() => running.close());

/** An account of its own, signed in as often as asked. */
async function sessionsOf(count: number): Promise<SignInResponse[]> {
  const email = `${newId()}@example.org`;
  await running.createAccount({ email, password: 'right' });
  const sessions: SignInResponse[] = [];
  for (let i = 0; i < count; i += 1) sessions.push(await signIn(running.url, email, 'right'));
  return sessions;
}

const works = async ({ accessToken: token }: SignInResponse) =>
  (await call(running.url, pullPath({}), { token })).status === 200;

async function list({ accessToken: token }: SignInResponse) {
  const response = await call(running.url, routes.sessions, { token });
  expect(response.status).toBe(200);
  return SessionList.parse(await response.json()).sessions;
}

const end = ({ accessToken: token }: SignInResponse, path: string) =>
  call(running.url, path, { method: 'DELETE', token });

const idOf = async (session: SignInResponse) => (await list(session)).find(({ current }) => current)!.id;

describe('the list of sessions', () => {
  it('says on which device, since when, and which one is asking', async () => {
    const start = clock.now();
    const [one, two] = (await sessionsOf(2)) as [SignInResponse, SignInResponse];
    const listed = await list(one);
    expect(listed).toHaveLength(2);
    expect(listed.map(({ current }) => current).sort()).toEqual([false, true]);
    expect(listed[0]).toMatchObject({ deviceName: 'Atelier', platform: 'linux', appVersion: '0.1.0' });
    expect(Date.parse(listed[0]!.createdAt)).toBe(start);
    expect(await idOf(one)).not.toBe(await idOf(two));
  });

  it('says to the minute when each was last seen, the newest first', async () => {
    const [one, two] = (await sessionsOf(2)) as [SignInResponse, SignInResponse];
    const opened = clock.now();
    clock.advance(59_000);
    await list(one);
    expect((await list(one)).map(({ lastSeenAt }) => Date.parse(lastSeenAt))).toEqual([opened, opened]);
    clock.advance(1000);
    const listed = await list(two);
    expect(listed.map(({ current, lastSeenAt }) => [current, Date.parse(lastSeenAt)])).toEqual([
      [true, opened + 60_000],
      [false, opened],
    ]);
  });

  it('forgets those that have ended or are over', async () => {
    const [one, two] = (await sessionsOf(2)) as [SignInResponse, SignInResponse];
    await end(two, routes.currentSession);
    expect(await list(one)).toHaveLength(1);
    clock.advance(61 * 86_400_000);
    const again = await signIn(running.url, one.account.email, 'right');
    expect(await list(again)).toHaveLength(1);
  });
});

describe('ending sessions', () => {
  it('ends one, and leaves the others alone', async () => {
    const [one, two, three] = (await sessionsOf(3)) as [SignInResponse, SignInResponse, SignInResponse];
    expect((await end(one, routes.session(await idOf(two)))).status).toBe(204);
    expect([await works(one), await works(two), await works(three)]).toEqual([true, false, true]);
    await expectError(await refresh(running.url, two.refreshToken), 401, 'session_expired');
  });

  it('ends all but the asking one', async () => {
    const [one, two, three] = (await sessionsOf(3)) as [SignInResponse, SignInResponse, SignInResponse];
    for (let i = 0; i < 2; i += 1) expect((await end(one, routes.otherSessions)).status).toBe(204);
    expect([await works(one), await works(two), await works(three)]).toEqual([true, false, false]);
    expect(await list(one)).toHaveLength(1);
  });

  it('may end the asking one', async () => {
    const [one] = (await sessionsOf(1)) as [SignInResponse];
    expect((await end(one, routes.session(await idOf(one)))).status).toBe(204);
    expect(await works(one)).toBe(false);
  });

  it('knows no session that has ended, nor one of another account', async () => {
    const [one, two] = (await sessionsOf(2)) as [SignInResponse, SignInResponse];
    const [stranger] = (await sessionsOf(1)) as [SignInResponse];
    const path = routes.session(await idOf(two));
    await expectError(await end(stranger, path), 404, 'not_found');
    expect(await works(two)).toBe(true);
    await end(one, path);
    await expectError(await end(one, path), 404, 'not_found');
    await expectError(await end(one, routes.session(newId())), 404, 'not_found');
    await expectError(await end(one, routes.session('no-id')), 400, 'invalid_request');
  });

  it('closes the streams of what it ends, and pokes the others', async () => {
    const [one, two] = (await sessionsOf(2)) as [SignInResponse, SignInResponse];
    const [kept, closed] = await Promise.all([one, two].map(({ accessToken }) => listen(accessToken)));
    await kept!.pokes(1);
    await end(one, routes.otherSessions);
    await closed!.ended;
    // The first came when the stream was opened.
    await kept!.pokes(2);
    kept!.close();
  });
});

/** A stream of pokes, with how many have come. */
async function listen(token: string) {
  const abort = new AbortController();
  const response = await fetch(`${running.url}${routes.pokes}`, {
    headers: { 'oscaro-protocol': '3', authorization: `Bearer ${token}` },
    signal: abort.signal,
  });
  let count = 0;
  let heard: () => void = () => undefined;
  const parser = createParser({
    onEvent: () => {
      count += 1;
      heard();
    },
  });
  const ended = (async () => {
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) parser.feed(text);
  })();
  return {
    ended,
    pokes: async (wanted: number) => {
      while (count < wanted) await new Promise<void>((resolve) => (heard = resolve));
    },
    close: () => {
      ended.catch(() => undefined);
      abort.abort();
    },
  };
}
