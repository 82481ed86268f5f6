import assert from 'node:assert/strict';
import { ServiceError, type ServiceErrorKind } from '#shared/protocol/errors.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';

/** An answer that takes longer is none. */
const ANSWER_MS = 15_000;

export interface Ask {
  method?: string;
  token?: string | undefined;
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
  /** Instead of the usual time limit: for streams. */
  signal?: AbortSignal;
}

/** One request with what every client sends; an empty header in `headers` leaves it out. */
export function ask(service: string, path: string, options: Ask = {}): Promise<Response> {
  const { method, token, json, body, headers = {}, signal } = options;
  const sent = json === undefined ? body : JSON.stringify(json);
  const all: Record<string, string> = {
    [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
  return fetch(new URL(path, service), {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
    ...(sent === undefined ? {} : { body: sent }),
    redirect: 'error',
    signal: signal ?? AbortSignal.timeout(ANSWER_MS),
  });
}

/** The body of a good answer, as its schema reads it. */
export async function answered<T>(
  schema: { parse(value: unknown): T },
  response: Response,
  status = 200,
): Promise<T> {
  const text = await response.text();
  assert.equal(response.status, status, `answered ${response.status}: ${text.slice(0, 300)}`);
  return schema.parse(JSON.parse(text));
}

/** Checks that a request was refused in the contract's shape. */
export async function refused(
  response: Response,
  status: number,
  kind: ServiceErrorKind,
): Promise<ServiceError['error']> {
  const text = await response.text();
  assert.equal(response.status, status, `answered ${response.status}: ${text.slice(0, 300)}`);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  const { error } = ServiceError.parse(JSON.parse(text));
  assert.equal(error.kind, kind);
  assert.ok(!/\bat [^ ]+ \(|node_modules/.test(text), 'an error must not show a stack');
  return error;
}
