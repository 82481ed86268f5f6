import type { Profile } from '../../domain/profile.ts';
import type { EntityRef, Outcome, Read } from '../mutator.ts';
import { refuse, writes } from '../mutator.ts';
import { same } from '../same.ts';

interface Account {
  accountId: string;
}

/** The profile has the account's id. */
export const profileRef = ({ accountId }: Account): EntityRef => ({ type: 'profile', id: accountId });
export const profileOf = (read: Read, { accountId }: Account): Profile | undefined =>
  read('profile', accountId);

/** Makes a new profile of the one that stands, or refuses. */
export function editProfile(
  read: Read,
  context: Account,
  edit: (profile: Profile) => Profile | Extract<Outcome, { ok: false }>,
): Outcome {
  const profile = profileOf(read, context);
  if (!profile) return refuse('not_found');
  const edited = edit(profile);
  if ('ok' in edited) return edited;
  return same(edited, profile)
    ? writes()
    : writes({ op: 'put', type: 'profile', id: context.accountId, value: edited });
}
