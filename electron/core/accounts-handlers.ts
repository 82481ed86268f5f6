import type { BeforeSignIn } from './accounts/before-sign-in.ts';
import type { CurrentAccount } from './accounts/current-account.ts';
import type { EngineHandlers } from './api.ts';
import { expected } from './with-account.ts';

type AccountsCall = 'session.signOut' | 'accounts.list' | 'accounts.switch' | 'accounts.eraseAll';

/** The accounts of this computer: which there are, which is shown, and which goes. */
export function accountsHandlers(
  account: CurrentAccount,
  before: BeforeSignIn,
): Pick<EngineHandlers, AccountsCall> {
  return {
    'session.signOut': (input) => expected(() => account.signOut(input?.unsent ?? 'send')),
    'accounts.list': () => expected(() => account.list()),
    'accounts.switch': ({ id }) => expected(() => account.switchTo(id)),
    'accounts.eraseAll': () =>
      expected(async () => {
        const erased = await account.eraseAll();
        // What was typed to ask for an account names a person, too.
        if (erased.ok) await before.forget();
        return erased;
      }),
  };
}
