import type { Bridge, EventPayload, Input, Output } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type { CallName, EventName } from '#shared/ipc/names.ts';

declare global {
  interface Window {
    oscaro: Bridge;
  }
}

/** The account that this page shows. */
let account: string | undefined;

/** From now on, calls mean this account: should another one be shown by the time they arrive, they are answered `cancelled`. */
export function speakFor(accountId: string): void {
  account = accountId;
}

type Argument<N extends CallName> = Input<N> extends undefined ? [] : [input: Input<N>];

/**
 * Calls the shell or the engine. Expected failures come back as results; so does a call that throws, because every
 * screen must end in data, emptiness or an error, whatever breaks beneath it.
 */
export async function call<N extends CallName>(name: N, ...[input]: Argument<N>): Promise<Result<Output<N>>> {
  try {
    return await window.oscaro.calls[name](input as Input<N>, account);
  } catch (error) {
    return {
      ok: false,
      error: { kind: 'internal', detail: `${name}: ${String(error)}`.slice(0, 1000) },
    };
  }
}

/** Listens to an event of the shell or the engine; answers how to stop. */
export function on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
  return window.oscaro.on(event, listener);
}

/** A result that gives up waiting after `ms`, for waits that a person watches. */
export async function withDeadline<T>(ms: number, pending: Promise<Result<T>>): Promise<Result<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Result<T>>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, error: { kind: 'service_unavailable', detail: `no answer after ${ms} ms` } });
    }, ms);
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}
