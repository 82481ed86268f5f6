import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Topic } from '#shared/ipc/contract.ts';
import { fail, ok, type Result } from '#shared/ipc/errors.ts';
import { Latest, onTopics } from './live-query.svelte.ts';

function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

describe('Latest', () => {
  it('drops the answer to an older question, whichever comes first', async () => {
    const latest = new Latest<string>();
    const slow = deferred<Result<string>>();
    const quick = deferred<Result<string>>();
    const first = latest.ask(() => slow.promise);
    const second = latest.ask(() => quick.promise);
    quick.resolve(ok('new'));
    expect(await second).toBe(true);
    slow.resolve(ok('old'));
    expect(await first).toBe(false);
    expect(latest.value).toBe('new');
  });

  it('keeps the old answer on screen while the question is asked again', async () => {
    const latest = new Latest<string>();
    await latest.ask(() => Promise.resolve(ok('a')));
    const again = deferred<Result<string>>();
    const asked = latest.ask(() => again.promise);
    expect(latest.current).toEqual({ state: 'ready', value: 'a' });
    again.resolve(ok('b'));
    await asked;
    expect(latest.value).toBe('b');
  });

  it('ends in an error that says what happened, never in loading', async () => {
    const latest = new Latest<string>();
    expect(latest.current.state).toBe('loading');
    await latest.ask(() => Promise.resolve(fail('database_busy')));
    expect(latest.error).toEqual({ kind: 'database_busy' });
  });

  it('forgets answers that come after a reset', async () => {
    const latest = new Latest<string>();
    const pending = deferred<Result<string>>();
    const asked = latest.ask(() => pending.promise);
    latest.reset();
    pending.resolve(ok('late'));
    await asked;
    expect(latest.current.state).toBe('loading');
  });
});

describe('onTopics', () => {
  let announce: (topics: Topic[]) => void;

  beforeEach(() => {
    const listeners = new Set<(event: { topics: Topic[] }) => void>();
    vi.stubGlobal('window', {
      oscaro: {
        on: (_event: string, listener: (event: { topics: Topic[] }) => void) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    });
    announce = (topics) => {
      for (const listener of listeners) listener({ topics });
    };
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('runs for its own topics only, and not after it was stopped', async () => {
    const refresh = vi.fn(() => Promise.resolve());
    const stop = onTopics(['orders'], refresh);
    announce(['invoices']);
    expect(refresh).not.toHaveBeenCalled();
    announce(['vehicles', 'orders']);
    expect(refresh).toHaveBeenCalledTimes(1);
    await Promise.resolve();
    stop();
    announce(['orders']);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('answers a storm of changes with one more run after the present one', async () => {
    const first = deferred<undefined>();
    const runs = [first.promise, Promise.resolve(undefined)];
    const refresh = vi.fn(() => runs.shift() ?? Promise.resolve(undefined));
    onTopics(['orders'], refresh);
    for (let i = 0; i < 20; i += 1) announce(['orders']);
    expect(refresh).toHaveBeenCalledTimes(1);
    first.resolve(undefined);
    await vi.waitFor(() => {
      expect(refresh).toHaveBeenCalledTimes(2);
    });
    await Promise.resolve();
    expect(refresh).toHaveBeenCalledTimes(2);
  });
});
