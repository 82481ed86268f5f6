import { Worker } from 'node:worker_threads';
import { fail } from './result.ts';
import type { Engine, EngineHandlers, EngineHost, EngineOptions, EngineSettings } from './api.ts';
import type { EventNotice } from './channel.ts';
import { CLOSE, EVENT, LOG, eachHandler } from './channel.ts';
import type { Clock } from './env.ts';
import { systemClock } from './env.ts';
import { Events } from './events.ts';
import { CallFailed, Peer } from './rpc.ts';

export interface StartOptions {
  /** The built (or, under Node's own TypeScript, the source) file of worker.ts. */
  worker: URL | string;
  options: EngineOptions;
  host: EngineHost;
  clock?: Clock;
}

export interface EngineThread extends Pick<Engine, 'handlers' | 'on' | 'close'> {
  /** The same handlers for whoever means one account: they answer `cancelled` once another one is shown. */
  handlersOf: (accountId: string) => EngineHandlers;
  /** For tests: ends the thread as a crash would. */
  crash: () => Promise<void>;
}

const FIRST_RESTART_MS = 100;
const LONGEST_RESTART_MS = 30_000;
/** A thread that lived this long did not die of its start. */
const HEALTHY_MS = 60_000;
const CLOSE_MS = 5000;

/**
 * Starts the engine in a thread and stands for it: the same handlers and events. When the thread dies it is started again, each time a little
 * later; calls under way answer `engine_restarted`.
 */
export function startEngine({ worker, options, host, clock = systemClock }: StartOptions): EngineThread {
  const events = new Events(host.log);
  let settings: EngineSettings = options.settings;
  let hidden = false;
  let closing = false;
  let deaths = 0;
  let cancelRestart: () => void = () => undefined;
  let running: { thread: Worker; peer: Peer } | undefined;

  const start = (): void => {
    const startedAt = clock.monotonic();
    const thread = new Worker(worker, { workerData: { options: { ...options, settings } } });
    const peer = new Peer(thread, hostFunctions(host, events), (name, error) => {
      host.log('error', 'the shell failed to serve the engine', {
        name,
        error: error instanceof Error ? error.name : typeof error,
      });
    });
    running = { thread, peer };
    if (hidden) peer.call('sync.hint', { kind: 'hidden' }).catch(() => undefined);
    thread.on('error', (error) =>
      host.log('error', 'the engine died', { error: error instanceof Error ? error.name : typeof error }),
    );
    thread.on('exit', (code) => {
      running = undefined;
      peer.abandon();
      if (closing) return;
      deaths = clock.monotonic() - startedAt >= HEALTHY_MS ? 1 : deaths + 1;
      const wait = Math.min(LONGEST_RESTART_MS, FIRST_RESTART_MS * 4 ** (deaths - 1));
      host.log('warn', 'the engine is started again', { code, deaths, ms: wait });
      cancelRestart = clock.after(wait, start);
    });
  };
  start();

  const ask = async (name: keyof EngineHandlers, input: unknown, accountId?: string): Promise<unknown> => {
    if (!running) return fail(closing ? 'cancelled' : 'engine_restarted');
    try {
      return await running.peer.call(name, input, accountId);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (error.message !== 'gone') return fail('internal', { detail: name });
      return fail(closing ? 'cancelled' : 'engine_restarted');
    }
  };

  return {
    handlers: eachHandler((name) => (input: unknown) => {
      if (name === 'settings.apply') settings = input as EngineSettings;
      if (name === 'sync.hint') hidden = (input as { kind: string }).kind === 'hidden';
      return ask(name, input);
    }),
    handlersOf: (accountId) => eachHandler((name) => (input: unknown) => ask(name, input, accountId)),
    on: (event, listener) => events.on(event, listener),
    crash: async () => {
      await running?.thread.terminate();
    },
    close: async () => {
      if (closing) return;
      closing = true;
      cancelRestart();
      if (!running) return;
      const { thread, peer } = running;
      let cancel: () => void = () => undefined;
      const late = new Promise<void>((resolve) => {
        cancel = clock.after(CLOSE_MS, resolve);
      });
      await Promise.race([peer.call(CLOSE, undefined).catch(() => undefined), late]);
      cancel();
      await thread.terminate();
    },
  };
}

function hostFunctions(host: EngineHost, events: Events): ConstructorParameters<typeof Peer>[1] {
  return {
    loadSecret: ({ accountId }: { accountId: string }) => host.loadSecret(accountId),
    saveSecret: ({ accountId, secret, lasting }: { accountId: string; secret: string; lasting: boolean }) =>
      host.saveSecret(accountId, secret, { lasting }),
    deleteSecret: ({ accountId }: { accountId: string }) => host.deleteSecret(accountId),
    [LOG]: ({
      level,
      message,
      fields,
    }: {
      level: Parameters<EngineHost['log']>[0];
      message: string;
      fields: Parameters<EngineHost['log']>[2];
    }) => host.log(level, message, fields),
    [EVENT]: (notice: EventNotice) => {
      switch (notice.event) {
        case 'changed':
          return events.emit('changed', notice.payload);
        case 'sync.status':
          return events.emit('sync.status', notice.payload);
        case 'session':
          return events.emit('session', notice.payload);
        case 'lock':
          return events.emit('lock', notice.payload);
        case 'job':
          return events.emit('job', notice.payload);
      }
    },
  };
}
