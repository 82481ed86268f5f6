import { createParser } from 'eventsource-parser';
import { routes } from '#shared/protocol/routes.ts';
import { BodyFailure } from './http.ts';
import type { Session } from './session.ts';

/** The contract promises a heartbeat every 20 s; twice that without a byte and the stream is dead. */
const SILENCE_MS = 45_000;
const LONGEST_EVENT = 64 * 1024;

/**
 * Listens to the service's hints that something changed, until the stream ends or `signal` says so. Answers whether it ever was open.
 */
export async function listenToPokes(
  session: Session,
  signal: AbortSignal,
  on: { open: () => void; poke: () => void },
): Promise<{ wasOpen: boolean; retryAfterSeconds?: number }> {
  const reply = await session.open({
    method: 'GET',
    path: routes.pokes,
    headers: { accept: 'text/event-stream', 'cache-control': 'no-store' },
    idleMs: SILENCE_MS,
    signal,
  });
  if (!reply.ok) {
    const { retryAfterSeconds } = reply.error;
    return { wasOpen: false, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  }
  if (!(reply.value.header('content-type') ?? '').includes('text/event-stream')) {
    reply.value.discard();
    return { wasOpen: false };
  }
  on.open();
  const parser = createParser({
    maxBufferSize: LONGEST_EVENT,
    onEvent: (event) => {
      if (event.event === 'poke') on.poke();
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of reply.value.chunks()) parser.feed(decoder.decode(chunk, { stream: true }));
  } catch (error) {
    // Cut, silent or no longer wanted: all end in connecting again, or in not doing so.
    if (!(error instanceof BodyFailure)) throw error;
  }
  return { wasOpen: true };
}
