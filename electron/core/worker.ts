import { parentPort, workerData } from 'node:worker_threads';
import type { EngineHandlers, EngineHost, EngineOptions } from './api.ts';
import { CLOSE, EVENT, LOG, eachHandler, engineEvents } from './channel.ts';
import { describeError } from './describe-error.ts';
import { createEngine } from './engine.ts';
import { fail } from './result.ts';
import type { Served } from './rpc.ts';
import { Peer } from './rpc.ts';

/** The engine in a thread of its own: handlers are called from there, the host's functions are called back. */
function main(port: NonNullable<typeof parentPort>, options: EngineOptions): void {
  const served: Served = {};
  const log: EngineHost['log'] = (level, message, fields) => peer.notify(LOG, { level, message, fields });
  const peer = new Peer(port, served, (name, error) =>
    log('error', 'a handler failed', { name, ...describeError(error) }),
  );
  const engine = createEngine(options, {
    loadSecret: async (accountId) => (await peer.call('loadSecret', { accountId })) as string | undefined,
    saveSecret: async (accountId, secret, { lasting } = { lasting: true }) =>
      (await peer.call('saveSecret', { accountId, secret, lasting })) as { durable: boolean },
    deleteSecret: async (accountId) => void (await peer.call('deleteSecret', { accountId })),
    log,
  });
  /** A call that was meant for an account comes too late once another one is shown. */
  const guarded = (name: keyof EngineHandlers) => (input: never, accountId?: string) =>
    accountId === undefined || engine.isShown(accountId)
      ? engine.handlers[name](input)
      : fail('cancelled', { detail: 'another account is shown' });
  Object.assign(served, eachHandler(guarded), { [CLOSE]: () => engine.close() });
  for (const event of engineEvents) engine.on(event, (payload) => peer.notify(EVENT, { event, payload }));
}

if (parentPort) main(parentPort, (workerData as { options: EngineOptions }).options);
