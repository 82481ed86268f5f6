import type { Clock } from '../env.ts';
import type { Failure, Reply } from './reply.ts';
import { failure } from './reply.ts';
import type { Transport, TransportAnswer } from './transport.ts';
import { NeverLeft } from './transport.ts';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** End the request from outside: the engine closes, or someone cancelled. */
  signals: readonly AbortSignal[];
  /** How long the connection and the answer's head may take, and then each next piece of the body. */
  headMs?: number;
  idleMs?: number;
}

export interface HttpAnswer {
  status: number;
  header: (name: string) => string | undefined;
  /** The body piece by piece. A piece that is late or a connection that is cut throws a BodyFailure. */
  chunks: () => AsyncGenerator<Uint8Array, void, undefined>;
  /** Lets go of the connection without reading the rest. */
  discard: () => void;
}

const HEAD_MS = 20_000;
const IDLE_MS = 20_000;

/** Why a body ended early; thrown inside `chunks` and turned into a reply by whoever reads it. */
export class BodyFailure extends Error {
  readonly failure: Failure;
  constructor(ended: Failure) {
    super(ended.error.detail ?? ended.error.kind);
    this.failure = ended;
  }
}

/** Sends a request. Redirects are not followed: a token must not travel to an address that an answer names. */
export async function send(
  env: { clock: Clock; transport: Transport },
  request: HttpRequest,
): Promise<Reply<HttpAnswer>> {
  const watch = new Watch(env.clock, request.signals);
  watch.expect(request.headMs ?? HEAD_MS);
  try {
    const { method, url, headers = {}, body } = request;
    const answer = await env.transport({ method, url, headers, body, signal: watch.signal });
    watch.rest();
    return {
      ok: true,
      value: {
        status: answer.status,
        header: answer.header,
        chunks: () => read(answer, watch, request.idleMs ?? IDLE_MS),
        discard: () => watch.discard(),
      },
    };
  } catch (error) {
    watch.end();
    return { ...watch.explain(error), neverLeft: error instanceof NeverLeft };
  }
}

async function* read(
  answer: TransportAnswer,
  watch: Watch,
  idleMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let whole = false;
  watch.expect(idleMs);
  try {
    for await (const piece of answer.body) {
      watch.rest();
      yield piece;
      watch.expect(idleMs);
    }
    whole = true;
  } catch (error) {
    throw new BodyFailure(watch.explain(error));
  } finally {
    // A connection whose answer was read to the end may serve the next request.
    if (whole) watch.end();
    else watch.discard();
  }
}

/** Watches one request: it ends when it takes too long or when it is no longer wanted. */
class Watch {
  readonly #clock: Clock;
  readonly #outer: readonly AbortSignal[];
  readonly #controller = new AbortController();
  readonly #onOuter = (): void => this.#controller.abort();
  #late = false;
  #cancelTimer: () => void = () => undefined;

  constructor(clock: Clock, outer: readonly AbortSignal[]) {
    this.#clock = clock;
    this.#outer = outer;
    for (const signal of outer) {
      if (signal.aborted) this.#controller.abort();
      else signal.addEventListener('abort', this.#onOuter, { once: true });
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  expect(ms: number): void {
    this.rest();
    this.#cancelTimer = this.#clock.after(ms, () => {
      this.#late = true;
      this.#controller.abort();
    });
  }

  rest(): void {
    this.#cancelTimer();
  }

  end(): void {
    this.rest();
    for (const signal of this.#outer) signal.removeEventListener('abort', this.#onOuter);
  }

  discard(): void {
    this.end();
    this.#controller.abort();
  }

  explain(error: unknown): Failure {
    if (this.#outer.some((signal) => signal.aborted)) return failure('cancelled');
    if (this.#late) return failure('offline', { detail: 'time-out' });
    return failure('offline', { detail: systemCode(error) });
  }
}

/** The system's word for what went wrong: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED, HPE_INVALID_CONSTANT … */
function systemCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return systemCode(error.errors[0]);
  return error.name;
}
