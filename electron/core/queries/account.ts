import type { AccountView } from '#shared/ipc/account.ts';
import { readAll } from '../db/base.ts';
import type { Connection } from '../db/connection.ts';
import { pendingMarks } from '../outbox/pending.ts';

/** The profile with what of it is not sent yet; undefined until the first page of a sync brought it. */
export function accountView(db: Connection): AccountView | undefined {
  return db.snapshot(() => {
    const [profile] = readAll(db, 'profile');
    return (
      profile && {
        id: profile.id,
        profile: profile.value,
        pendingMarks: pendingMarks(db, 'profile', profile.id),
      }
    );
  });
}
