import type { CurrentAccount } from './accounts/current-account.ts';
import type { EngineHandlers } from './api.ts';
import type { Vault } from './keys/vault.ts';
import { ok } from './result.ts';
import { expected } from './with-account.ts';

type LockCall = 'lock.get' | 'lock.now' | 'lock.open' | 'lock.setCode';

/** The code that stands before everything. */
export function lockHandlers(account: CurrentAccount, vault: Vault): Pick<EngineHandlers, LockCall> {
  return {
    'lock.get': () =>
      expected(async () => {
        await account.beginning;
        return ok(vault.state());
      }),
    'lock.now': () =>
      expected(async () => {
        await account.lock();
        return ok(vault.state());
      }),
    'lock.open': ({ code }) =>
      expected(async () => {
        const opened = await account.unlock(code);
        return opened.ok ? ok(vault.state()) : opened;
      }),
    'lock.setCode': ({ code, present }) =>
      expected(async () => {
        const set = await account.setCode(code, present);
        return set.ok ? ok(vault.state()) : set;
      }),
  };
}
