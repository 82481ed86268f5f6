import type { Env } from '../env.ts';
import type { Failure, Reply } from './reply.ts';
import { failure } from './reply.ts';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Ends the request from outside: the engine closes, or someone cancelled. */
  signal: AbortSignal;
  /** How long the connection and the answer's head may take, and then each next piece of the body. */
  headMs?: number;
  idleMs?: number;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
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
export async function send(env: Env, request: HttpRequest): Promise<Reply<HttpAnswer>> {
  const watch = new Watch(env, request.signal);
  watch.expect(request.headMs ?? HEAD_MS);
  try {
    const response = await env.fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      redirect: 'manual',
      signal: watch.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    watch.rest();
    return {
      ok: true,
      value: {
        status: response.status,
        headers: response.headers,
        chunks: () => read(response, watch, request.idleMs ?? IDLE_MS),
        discard: () => watch.discard(),
      },
    };
  } catch (error) {
    watch.end();
    return watch.explain(error);
  }
}

async function* read(
  response: Response,
  watch: Watch,
  idleMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      watch.expect(idleMs);
      const piece = await reader?.read();
      watch.rest();
      if (!piece || piece.done) return;
      yield piece.value as Uint8Array;
    }
  } catch (error) {
    throw new BodyFailure(watch.explain(error));
  } finally {
    watch.discard();
  }
}

/** Watches one request: it ends when it takes too long or when it is no longer wanted. */
class Watch {
  readonly #env: Env;
  readonly #outer: AbortSignal;
  readonly #controller = new AbortController();
  readonly #onOuter = (): void => this.#controller.abort();
  #late = false;
  #cancelTimer: () => void = () => undefined;

  constructor(env: Env, outer: AbortSignal) {
    this.#env = env;
    this.#outer = outer;
    if (outer.aborted) this.#controller.abort();
    else outer.addEventListener('abort', this.#onOuter, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  expect(ms: number): void {
    this.rest();
    this.#cancelTimer = this.#env.clock.after(ms, () => {
      this.#late = true;
      this.#controller.abort();
    });
  }

  rest(): void {
    this.#cancelTimer();
  }

  end(): void {
    this.rest();
    this.#outer.removeEventListener('abort', this.#onOuter);
  }

  discard(): void {
    this.end();
    this.#controller.abort();
  }

  explain(error: unknown): Failure {
    if (this.#outer.aborted) return failure('cancelled');
    if (this.#late) return failure('offline', { detail: 'time-out' });
    return failure('offline', { detail: systemCode(error) });
  }
}

/** The system's word for what went wrong (ECONNREFUSED, ENOTFOUND, UND_ERR_SOCKET …), from wherever fetch has put it. */
function systemCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const code = (at as Error & { code?: unknown }).code;
    if (typeof code === 'string') return code;
    if (at instanceof AggregateError && at.errors.length > 0) return systemCode(at.errors[0]);
  }
  return error instanceof Error ? error.name : 'unknown';
}
