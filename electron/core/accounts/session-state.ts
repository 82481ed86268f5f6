import type { SessionState } from '#shared/ipc/session.ts';
import type { AccountRecord } from './account-record.ts';
import type { OpenAccount } from './open-account.ts';

/** What the window is told of an account that is signed in, whether it could be opened or not. */
export function signedInState(record: AccountRecord, open: OpenAccount | undefined): SessionState {
  const { id, kind, email, displayName, serviceUrl } = record;
  return {
    state: open?.session.expired === true ? 'expired' : 'signed_in',
    serviceUrl,
    account: { id, kind, email, displayName },
    remembered: open?.remembered ?? record.remembered,
  };
}
