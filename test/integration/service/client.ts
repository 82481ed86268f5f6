import { expect } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { ServiceError, type ServiceErrorKind } from '#shared/protocol/errors.ts';
import { PullResponse } from '#shared/protocol/pull.ts';
import { routes } from '#shared/protocol/routes.ts';
import { SignInResponse } from '#shared/protocol/sessions.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';

export interface CallOptions {
  method?: string;
  token?: string;
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
}

/** One request over real HTTP, with what every client sends. */
export function call(url: string, path: string, options: CallOptions = {}): Promise<Response> {
  const { method, token, json, body, headers } = options;
  return fetch(`${url}${path}`, {
    method: method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
  });
}

export const device = { name: 'Atelier', platform: 'linux', appVersion: '0.1.0' };

export async function signIn(url: string, email: string, password: string): Promise<SignInResponse> {
  const response = await call(url, routes.signIn, { json: { email, password, device } });
  expect(response.status).toBe(201);
  return SignInResponse.parse(await response.json());
}

export const refresh = (url: string, refreshToken: string): Promise<Response> =>
  call(url, routes.refresh, { json: { refreshToken } });

export const REPLICA = newId();

export function pullPath(query: { cursor?: string | undefined; limit?: number; replicaId?: string }): string {
  const search = new URLSearchParams({ replicaId: query.replicaId ?? REPLICA });
  if (query.cursor !== undefined) search.set('cursor', query.cursor);
  if (query.limit !== undefined) search.set('limit', String(query.limit));
  return `${routes.pull}?${search.toString()}`;
}

export async function pull(
  url: string,
  token: string,
  query: { cursor?: string | undefined; limit?: number } = {},
): Promise<PullResponse> {
  const response = await call(url, pullPath(query), { token });
  expect(response.status).toBe(200);
  return PullResponse.parse(await response.json());
}

/** All pages from a cursor, or from the start, until there is no more. */
export async function pullAll(
  url: string,
  token: string,
  cursor?: string,
  limit = 500,
): Promise<PullResponse[]> {
  const pages = [await pull(url, token, { cursor, limit })];
  while (pages.at(-1)!.hasMore) pages.push(await pull(url, token, { cursor: pages.at(-1)!.cursor, limit }));
  return pages;
}

/** Checks that an error reply has the contract's shape, its status and its kind. */
export async function expectError(
  response: Response,
  status: number,
  kind: ServiceErrorKind,
): Promise<ServiceError['error']> {
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status });
  expect(response.headers.get('content-type')).toContain('application/json');
  const { error } = ServiceError.parse(JSON.parse(text));
  expect(error.kind).toBe(kind);
  expect(text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(/);
  return error;
}

/** A clock that stands still until it is moved. */
export function manualClock(start = Date.parse('2026-06-01T08:00:00.000Z')) {
  let now = start;
  return { now: () => now, advance: (ms: number) => void (now += ms) };
}
