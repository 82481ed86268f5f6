import type { AppError, AppErrorKind } from '#shared/ipc/errors.ts';

/** What came of a request. `status` is there when a service answered at all. */
export type Reply<T> = { ok: true; value: T } | Failure;
export interface Failure {
  ok: false;
  error: AppError;
  status?: number;
  /** Certain that nothing of the request has left this computer; see NeverLeft. */
  neverLeft?: boolean;
}

export function failure(
  kind: AppErrorKind,
  extra: Omit<AppError, 'kind'> & { status?: number } = {},
): Failure {
  const { status, ...rest } = extra;
  return { ok: false, error: { kind, ...rest }, ...(status === undefined ? {} : { status }) };
}
