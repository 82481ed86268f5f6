import { once } from 'node:events';
import { connect } from 'node:net';
import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse } from '#shared/protocol/sessions.ts';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import { aVehicle } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, expectError, refresh, signIn } from './client.ts';

let running: RunningService;
let account: Uuid;

beforeAll(async () => {
  running = await startService({ pokeLimits: { perAccount: 3, perSession: 2 } });
  account = await running.createAccount({ email: 'camille@example.org', password: 'right' });
});
afterAll(() => running.close());

const open = (): Promise<SignInResponse> => signIn(running.url, 'camille@example.org', 'right');

/** Listens as the app does; `next()` is the name of the next event, or 'end'; `end()` waits for that, for a hint too many may come before. */
async function listen(token: string, url = running.url) {
  const abort = new AbortController();
  const response = await fetch(`${url}${routes.pokes}`, {
    headers: { 'oscaro-protocol': '1', authorization: `Bearer ${token}` },
    signal: abort.signal,
  });
  expect(response.status).toBe(200);
  const events: string[] = [];
  const comments: string[] = [];
  const parser = createParser({
    onEvent: (event) => events.push(event.event ?? ''),
    onComment: (comment) => comments.push(comment),
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (): Promise<string> => {
    for (;;) {
      const event = events.shift();
      if (event !== undefined) return event;
      const { done, value } = await reader.read();
      if (done) return 'end';
      parser.feed(value);
    }
  };
  const end = async (): Promise<void> => {
    for (let event = await next(); event !== 'end'; event = await next()) expect(event).toBe('poke');
  };
  return { response, comments, close: () => abort.abort(), next, end };
}

describe('the poke stream', () => {
  it('pokes at once, and after each change of this account only', async () => {
    const session = await open();
    const stream = await listen(session.accessToken);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await stream.next()).toBe('poke');
    await running.createAccount({
      email: `${newId()}@example.org`,
      password: 'x',
      entities: [{ type: 'vehicle', id: newId(), value: aVehicle() }],
    });
    const pending = stream.next();
    const quiet = await Promise.race([pending, call(running.url, routes.health).then(() => 'quiet')]);
    expect(quiet).toBe('quiet');
    await running.feed.put(account, 'vehicle', newId(), aVehicle());
    expect(await pending).toBe('poke');
    stream.close();
  });

  it('ends at sign-out, and other sessions go on', async () => {
    const [one, two] = [await open(), await open()];
    const [ending, going] = [await listen(one.accessToken), await listen(two.accessToken)];
    await ending.next();
    await going.next();
    await call(running.url, routes.currentSession, { method: 'DELETE', token: one.accessToken });
    await ending.end();
    await running.feed.put(account, 'vehicle', newId(), aVehicle());
    expect(await going.next()).toBe('poke');
    going.close();
  });

  it('ends when the session is revoked because a used token came back', async () => {
    const session = await open();
    const stream = await listen(session.accessToken);
    await stream.next();
    const next = (await (await refresh(running.url, session.refreshToken)).json()) as {
      refreshToken: string;
    };
    await refresh(running.url, next.refreshToken);
    await refresh(running.url, session.refreshToken);
    await stream.end();
  });

  it('keeps the newest streams of a session and refuses more than an account may have', async () => {
    await vi.waitFor(() => expect(running.service.pokes.size).toBe(0));
    const [one, two] = [await open(), await open()];
    const first = await listen(one.accessToken);
    await first.next();
    const kept = [await listen(one.accessToken), await listen(one.accessToken)];
    await first.end();
    kept.push(await listen(two.accessToken));
    const refused = await call(running.url, routes.pokes, { token: two.accessToken });
    const error = await expectError(refused, 429, 'throttled');
    expect(refused.headers.get('retry-after')).toBe(String(error.retryAfterSeconds));
    for (const stream of kept) stream.close();
    await vi.waitFor(() => expect(running.service.pokes.size).toBe(0));
  });

  it('beats at least every 20 seconds, and ends with the session', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let now = Date.parse('2026-06-01T08:00:00.000Z');
    const own = await startService({ clock: { now: () => now } });
    await own.createAccount({ email: 'a@example.org', password: 'right' });
    const stream = await listen((await signIn(own.url, 'a@example.org', 'right')).accessToken, own.url);
    await stream.next();
    vi.advanceTimersByTime(20_000);
    await own.feed.put(
      (await own.service.store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()).id,
      'vehicle',
      newId(),
      aVehicle(),
    );
    expect(await stream.next()).toBe('poke');
    expect(stream.comments).toEqual(['beat']);
    now += 60 * 86_400_000;
    vi.advanceTimersByTime(20_000);
    await stream.end();
    vi.useRealTimers();
    await own.close();
  });

  it('ends at once when the service stops', async () => {
    const own = await startService();
    await own.createAccount({ email: 'a@example.org', password: 'right' });
    const stream = await listen((await signIn(own.url, 'a@example.org', 'right')).accessToken, own.url);
    await stream.next();
    const closed = own.close();
    await stream.end();
    await closed;
  });

  it('and connections that nobody has used yet do not hold up the stop', async () => {
    const own = await startService();
    const { port, hostname } = new URL(own.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    await call(own.url, routes.health);
    const ended = once(socket, 'close');
    await own.close();
    await ended;
  }, 5000);
});
