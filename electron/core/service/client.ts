import type { z } from 'zod';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import type { Env } from '../env.ts';
import { parseJson, readBody } from './body.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { send } from './http.ts';
import { isLoopback } from './address.ts';
import { refusal } from './refusals.ts';
import type { Reply } from './reply.ts';
import { failure } from './reply.ts';

const MAX_SMALL_BYTES = 1024 * 1024;

export type Call = Omit<HttpRequest, 'url' | 'signals'> & {
  path: string;
  accessToken?: string;
  signal?: AbortSignal;
};

/** Requests to one account service. */
export class ServiceClient {
  readonly baseUrl: string;
  readonly #env: Env;
  readonly #signal: AbortSignal;
  readonly #onDate: (serverTime: number) => void;

  /** `signal` ends everything under way; `onDate` hears the service's clock with each answer. */
  constructor(
    baseUrl: string,
    env: Env,
    signal: AbortSignal,
    onDate: (serverTime: number) => void = () => undefined,
  ) {
    this.baseUrl = baseUrl;
    this.#env = env;
    this.#signal = signal;
    this.#onDate = onDate;
  }

  /** Any answer, success or not. */
  async send(call: Call): Promise<Reply<HttpAnswer>> {
    const { path, accessToken, headers, signal, ...rest } = call;
    const url = this.baseUrl + path;
    const reply = await send(this.#env, {
      ...rest,
      url,
      signals: signal ? [signal, this.#signal] : [this.#signal],
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        accept: 'application/json',
        // Compressing costs both ends more than the loopback interface takes.
        ...(isLoopback(new URL(url)) ? { 'accept-encoding': 'identity' } : {}),
        ...(rest.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
        ...headers,
      },
    });
    if (reply.ok) {
      const date = Date.parse(reply.value.header('date') ?? '');
      if (Number.isFinite(date)) this.#onDate(date);
    }
    return reply;
  }

  /** A successful answer, or why there is none. */
  async open(call: Call): Promise<Reply<HttpAnswer>> {
    const reply = await this.send(call);
    if (!reply.ok) return reply;
    const { status } = reply.value;
    return status >= 200 && status < 300 ? reply : refusal(reply.value, this.#env.clock.now());
  }

  /** The body of a successful answer. */
  async bytes(call: Call, maxBytes: number): Promise<Reply<Uint8Array>> {
    const reply = await this.open(call);
    if (!reply.ok) return reply;
    const type = reply.value.header('content-type') ?? '';
    if (!type.includes('json')) {
      reply.value.discard();
      // What hotel networks answer to everything until one has signed in to them.
      return failure('not_our_service', {
        status: reply.value.status,
        detail: `content type ${type.slice(0, 60)}`,
      });
    }
    return readBody(reply.value, maxBytes);
  }

  /** A successful answer in the shape of the contract. */
  async json<S extends z.ZodType>(
    call: Call,
    schema: S,
    maxBytes = MAX_SMALL_BYTES,
  ): Promise<Reply<z.infer<S>>> {
    const body = await this.bytes(call, maxBytes);
    const json = body.ok ? parseJson(body.value) : body;
    if (!json.ok) return json;
    const parsed = schema.safeParse(json.value);
    if (parsed.success) return { ok: true, value: parsed.data };
    const where = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.code}`);
    return failure('bad_answer', {
      detail: `${call.path.split('?')[0] ?? ''} ${where.join(', ')}`.slice(0, 500),
    });
  }
}
