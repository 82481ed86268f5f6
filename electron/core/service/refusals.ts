import type { ServiceError } from '#shared/protocol/errors.ts';
import { readBody, parseJson } from './body.ts';
import type { HttpAnswer } from './http.ts';
import type { Failure } from './reply.ts';
import { failure } from './reply.ts';

const MAX_ERROR_BYTES = 64 * 1024;
const LONGEST_WAIT_S = 86_400;

/** What an answer that is not a success means. The kind in its body decides; without one, its status does. */
export async function refusal(answer: HttpAnswer, now: number): Promise<Failure> {
  const { status } = answer;
  const wait = retryAfter(answer.header('retry-after'), now);
  const retryAfterSeconds = wait === undefined ? {} : { retryAfterSeconds: wait };
  const told = await errorBody(answer);
  if (told === undefined) {
    if (status === 429) return failure('throttled', { status, ...retryAfterSeconds });
    if (status === 426) return failure('upgrade_required', { status });
    if (status >= 500)
      return failure('service_unavailable', { status, ...retryAfterSeconds, detail: `status ${status}` });
    return failure('not_our_service', { status, detail: `status ${status}` });
  }
  const { kind, retryAfterSeconds: toldWait } = told.error;
  const waits = toldWait === undefined ? retryAfterSeconds : { retryAfterSeconds: toldWait };
  const detail = `${kind}, request ${told.error.requestId}`;
  switch (kind) {
    case 'invalid_credentials':
    case 'session_expired':
    case 'upgrade_required':
    case 'not_found':
    case 'not_activated':
    case 'wrong_password':
      return failure(kind, { status, detail });
    case 'link_invalid':
      return failure(kind, { status, detail, linkProblem: told.error.linkProblem ?? 'unknown' });
    case 'weak_password':
      return failure(kind, { status, detail, passwordProblems: told.error.passwordProblems ?? [] });
    case 'throttled':
      return failure('throttled', { status, detail, ...waits });
    case 'unavailable':
    case 'internal':
      return failure('service_unavailable', { status, detail, ...waits });
    // It speaks our protocol and refuses what we sent: one of the two breaks the contract.
    case 'invalid_request':
    case 'method_not_allowed':
    case 'cursor_expired':
    case 'payload_too_large':
    case 'unsupported_media_type':
    case 'range_not_satisfiable':
      return failure('bad_answer', { status, detail });
  }
}

async function errorBody(answer: HttpAnswer): Promise<ServiceError | undefined> {
  const body = await readBody(answer, MAX_ERROR_BYTES);
  const json = body.ok ? parseJson(body.value) : body;
  if (!json.ok) return undefined;
  const { ServiceError } = await import('#shared/protocol/errors.ts');
  const told = ServiceError.safeParse(json.value);
  return told.success ? told.data : undefined;
}

/** RFC 9110, 10.2.3: a number of seconds or a date. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  // Date.parse takes nearly anything for a date; this one begins with the day of the week.
  const date = /^[A-Z][a-z]+, /.test(text) ? Date.parse(text) : NaN;
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : Math.ceil((date - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), LONGEST_WAIT_S) : undefined;
}
