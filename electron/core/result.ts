import type { AppError, AppErrorKind, Result } from '#shared/ipc/errors.ts';

/** As in the contract, without the schemas beside it: opening the first screen does not need them. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (
  kind: AppErrorKind,
  extra: Omit<AppError, 'kind'> = {},
): { ok: false; error: AppError } => ({
  ok: false,
  error: { kind, ...extra },
});
