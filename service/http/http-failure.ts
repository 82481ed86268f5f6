import type { ServiceErrorKind } from '#shared/protocol/errors.ts';
import { type ServiceError } from '#shared/protocol/errors.ts';
import type { Failure, Result } from '../failures.ts';

/** An expected failure on its way from a route to the error handler, which alone writes error replies. */
export class HttpFailure extends Error {
  readonly failure: Failure;
  readonly headers: Record<string, string>;
  constructor(failure: Failure, headers: Record<string, string> = {}) {
    super(failure.message);
    this.name = 'HttpFailure';
    this.failure = failure;
    this.headers = headers;
  }
}

/** The value of a use case's result; its failure becomes the reply. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new HttpFailure(result.error);
}

export const statusOf: Record<ServiceErrorKind, number> = {
  invalid_request: 400,
  invalid_credentials: 401,
  session_expired: 401,
  not_activated: 403,
  wrong_password: 403,
  not_found: 404,
  method_not_allowed: 405,
  cursor_expired: 410,
  link_invalid: 410,
  payload_too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  weak_password: 422,
  upgrade_required: 426,
  throttled: 429,
  internal: 500,
  unavailable: 503,
};

export function errorBody(failure: Failure, requestId: string): ServiceError {
  return { error: { ...failure, message: failure.message.slice(0, 500), requestId } };
}
