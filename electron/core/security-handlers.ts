import type { Result } from '#shared/ipc/errors.ts';
import type { CurrentAccount } from './accounts/current-account.ts';
import type { OpenAccount } from './accounts/open-account.ts';
import type { EngineHandlers } from './api.ts';
import { ok } from './result.ts';
import type * as Actions from './security/actions.ts';
import type { WithAccount } from './with-account.ts';

type SecurityCall =
  | 'security.get'
  | 'security.refresh'
  | 'security.changePassword'
  | 'security.changeEmail'
  | 'security.cancelEmailChange'
  | 'security.endSession'
  | 'security.endOtherSessions'
  | 'security.answerSignIn'
  | 'security.requestDeletion'
  | 'security.keepAccount';

/** What is decided at the service alone, with a network: nothing of it is queued. */
export function securityHandlers(
  { work }: WithAccount,
  account: CurrentAccount,
): Pick<EngineHandlers, SecurityCall> {
  const act = (
    task: (actions: typeof Actions, open: OpenAccount) => Promise<Result<undefined>>,
  ): Promise<Result<undefined>> => work(async (open) => task(await import('./security/actions.ts'), open));
  return {
    'security.get': () => work(async ({ safety }) => ok((await safety.answers()).view())),
    'security.refresh': () =>
      work(async ({ safety }) => {
        const answers = await safety.answers();
        const reply = await answers.refresh();
        return reply.ok ? ok(answers.view()) : { ok: false, error: reply.error };
      }),
    'security.changePassword': (input) =>
      act(async (actions, open) => {
        const changed = await actions.changePassword(open, input);
        if (changed.ok) await account.passwordChanged(input.newPassword);
        return changed;
      }),
    'security.changeEmail': (input) => act((actions, open) => actions.changeEmail(open, input)),
    'security.cancelEmailChange': () => act((actions, open) => actions.cancelEmailChange(open)),
    'security.endSession': ({ id }) => act((actions, open) => actions.endSession(open, id)),
    'security.endOtherSessions': () => act((actions, open) => actions.endOtherSessions(open)),
    'security.answerSignIn': (input) => act((actions, open) => actions.answerSignIn(open, input)),
    'security.requestDeletion': (input) => act((actions, open) => actions.requestDeletion(open, input)),
    'security.keepAccount': () => act((actions, open) => actions.keepAccount(open)),
  };
}
