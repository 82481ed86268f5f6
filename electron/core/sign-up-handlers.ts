import type { BeforeSignIn } from './accounts/before-sign-in.ts';
import type { CurrentAccount } from './accounts/current-account.ts';
import type { EngineHandlers } from './api.ts';
import { fail } from './result.ts';
import { expected } from './with-account.ts';

type SignUpCall =
  | 'session.signIn'
  | 'account.signUp'
  | 'account.pendingSignUp'
  | 'account.forgetSignUp'
  | 'account.activate'
  | 'account.resendActivation'
  | 'account.requestReset'
  | 'account.resetPassword';

/** From nobody to somebody who is signed in. */
export function signUpHandlers(
  account: CurrentAccount,
  before: BeforeSignIn,
): Pick<EngineHandlers, SignUpCall> {
  return {
    'session.signIn': (input) =>
      expected(async () => {
        const signedIn = await account.signIn(input);
        // Where the link of the mail was opened, this is how the app learns of it.
        if (signedIn.ok) await before.settled(input.email);
        return signedIn;
      }),
    'account.signUp': (input) => expected(() => before.signUp(input)),
    'account.pendingSignUp': () =>
      expected(async () => {
        await account.beginning;
        return account.locked ? fail('locked') : before.pending();
      }),
    'account.forgetSignUp': () => expected(() => before.forget()),
    'account.activate': (input) => expected(() => before.activate(input)),
    'account.resendActivation': (input) => expected(() => before.resendActivation(input)),
    'account.requestReset': (input) => expected(() => before.requestReset(input)),
    'account.resetPassword': (input) => expected(() => before.resetPassword(input)),
  };
}
