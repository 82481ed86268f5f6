import type { EngineHandlers } from '#core/api.ts';
import type { Handlers } from '#shared/ipc/contract.ts';
import { engineCalls, type EngineCall } from '#shared/ipc/names.ts';

/** The engine's handlers as seen through a message port: the same, but each answer takes a turn. */
export type RemoteEngine = {
  [K in keyof EngineHandlers]: (
    input: Parameters<EngineHandlers[K]>[0],
  ) => Promise<Awaited<ReturnType<EngineHandlers[K]>>>;
};

/** Of the engine's own thread, where some handlers answer at once, to here, where none can. */
export function asRemote(handlers: EngineHandlers): RemoteEngine {
  return handlers as unknown as RemoteEngine;
}

/** Only what the window may ask; what the engine does for the shell alone stays out of its reach. */
export function engineCallHandlers(engine: RemoteEngine): Handlers<EngineCall> {
  const entries = engineCalls.map((name) => [name, engine[name]] as const);
  return Object.fromEntries(entries) as unknown as Handlers<EngineCall>;
}
