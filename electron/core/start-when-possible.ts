import type { AppError } from '#shared/ipc/errors.ts';
import { Retry } from './accounts/retry.ts';
import { ALL_TOPICS } from './accounts/tell.ts';
import type { Engine, EngineHandlers } from './api.ts';
import { eachHandler } from './channel.ts';
import { describeError } from './describe-error.ts';
import type { Env } from './env.ts';
import type { Events } from './events.ts';
import { expectedFailure } from './failures.ts';
import type { Log } from './log.ts';

interface Ports {
  env: Env;
  log: Log;
  events: Events;
  /** After the end, whether it ever started or not. */
  onClose: () => void;
}

/** Calls with which somebody asks to try again. */
const ASKING = new Set<keyof EngineHandlers>(['session.get', 'session.signIn', 'sync.now', 'sync.hint']);

/**
 * Starts the engine. When its folder cannot be had yet, an engine comes back whose calls all say why; it is tried again by the clock and
 * when somebody asks, and is the real one from then on. What is no expected failure is thrown.
 */
export function startWhenPossible(start: () => Engine, { env, log, events, onClose }: Ports): Engine {
  let engine: Engine | undefined;
  let problem: AppError = { kind: 'internal' };
  let closed = false;

  const attempt = (): void => {
    try {
      engine = start();
      retry.stop();
    } catch (error) {
      const expected = expectedFailure(error);
      if (!expected) throw error;
      problem = expected;
      retry.plan();
    }
  };
  const again = (): void => {
    if (engine || closed) return;
    try {
      attempt();
    } catch (error) {
      log('error', 'the engine could not start', describeError(error));
      retry.plan();
    }
    if (engine) void tellAll(engine, events);
  };
  const retry = new Retry(env, again);

  attempt();
  if (!engine) log('warn', 'the folder cannot be used yet', { kind: problem.kind });
  return {
    handlers: engine ? engine.handlers : eachHandler(delegate),
    // Nothing is shown yet: each call says why.
    isShown: (accountId) => engine?.isShown(accountId) ?? true,
    on: (event, listener) => events.on(event, listener),
    close: async () => {
      closed = true;
      retry.stop();
      await engine?.close();
      onClose();
    },
  };

  function delegate(name: keyof EngineHandlers) {
    return (input: never): unknown => {
      if (!engine && ASKING.has(name)) {
        retry.startOver();
        again();
      }
      return engine ? engine.handlers[name](input) : { ok: false, error: problem };
    };
  }
}

/** Whoever looked while nothing could be read looks again. */
async function tellAll({ handlers }: Engine, events: Events): Promise<void> {
  const session = await handlers['session.get'](undefined);
  if (session.ok) events.emit('session', session.value);
  const status = await handlers['sync.status'](undefined);
  if (status.ok) events.emit('sync.status', status.value);
  events.emit('changed', { topics: [...ALL_TOPICS] });
}
