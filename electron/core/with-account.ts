import type { AppError, Result } from '#shared/ipc/errors.ts';
import type { CurrentAccount } from './accounts/current-account.ts';
import type { OpenAccount } from './accounts/open-account.ts';
import { expectedFailure } from './failures.ts';
import { fail, ok } from './result.ts';

/** At once, or as soon as everything that was brought back after a crash is shown. */
type Answer<T> = Result<T> | Promise<Result<T>>;

/** How handlers come to the account that is open, and how failures of this computer become results. */
export interface WithAccount {
  read: <T>(query: (open: OpenAccount) => T) => Answer<T>;
  /** Undefined is `not_found`. */
  find: <T>(query: (open: OpenAccount) => T | undefined) => Answer<T>;
  work: <T>(task: (open: OpenAccount) => Promise<Result<T>>) => Promise<Result<T>>;
}

export function withAccount(account: CurrentAccount): WithAccount {
  const answer = <T>(query: (open: OpenAccount) => Result<T>): Answer<T> => {
    const { beginning } = account;
    if (beginning) return beginning.then(() => answer(query));
    const open = account.get();
    if (!open.ok) return open;
    const { catchingUp } = open.value.outbox;
    // What could not be brought back is tried again with the next change; what is here can be read all the same.
    if (catchingUp) return catchingUp.catch(() => undefined).then(() => answer(query));
    try {
      return query(open.value);
    } catch (error) {
      return told(open.value, error);
    }
  };
  return {
    read: (query) => answer((open) => ok(query(open))),
    find: (query) =>
      answer((open) => {
        const found = query(open);
        return found === undefined ? fail('not_found') : ok(found);
      }),
    work: async (task) => {
      await account.beginning;
      const open = account.get();
      if (!open.ok) return open;
      await open.value.outbox.catchingUp?.catch(() => undefined);
      try {
        return await task(open.value);
      } catch (error) {
        return told(open.value, error);
      }
    },
  };
}

/** Failures of this computer become results; bugs go on to whoever runs the engine. */
function told(open: OpenAccount, error: unknown): { ok: false; error: AppError } {
  const known = open.explain(error);
  if (!known) throw error;
  return { ok: false, error: known };
}

export async function expected<T>(task: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await task();
  } catch (error) {
    const known = expectedFailure(error);
    if (!known) throw error;
    return { ok: false, error: known };
  }
}
