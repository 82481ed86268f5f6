import { join } from 'node:path';
import type { AccountsHere, KnownAccount, OnlyHere } from '#shared/ipc/accounts.ts';
import { expectedFailure } from '../failures.ts';
import type { AccountKeys } from '../keys/account-keys.ts';
import { deriveKey, type Key } from '../keys/derive.ts';
import { countInJournal } from '../outbox/count-in-journal.ts';
import type { Accounts } from './account-list.ts';
import type { AccountFolders } from './folders.ts';
import { JOURNAL } from './names.ts';
import type { OpenAccount } from './open-account.ts';

/** The accounts of this computer and what each has that this computer alone knows; of those that are not open, their journals say it. */
export function accountsHere(
  accounts: Accounts,
  folders: AccountFolders,
  keys: AccountKeys,
  open: OpenAccount | undefined,
): AccountsHere {
  const current = accounts.currentId;
  const onlyHere = (id: string): OnlyHere | undefined =>
    id === open?.record.id ? onlyInOutbox(open) : onlyInJournal(join(folders.of(id), JOURNAL), keys.of(id));
  const known = accounts.all().map(({ id, kind, email, displayName, serviceUrl }): KnownAccount => {
    const only = onlyHere(id);
    return {
      id, kind, email, displayName, serviceUrl,
      current: id === current,
      ...(only && { onlyHere: only }),
    }; // prettier-ignore
  });
  const leftBehind: OnlyHere = { waiting: 0, refused: 0 };
  let shut = 0;
  for (const id of folders.ids()) {
    if (accounts.byId(id)) continue;
    if (keys.isShut(id)) {
      shut += 1;
      continue;
    }
    const only = onlyHere(id);
    leftBehind.waiting += only?.waiting ?? 0;
    leftBehind.refused += only?.refused ?? 0;
  }
  return { accounts: known, leftBehind, shut };
}

const onlyInOutbox = ({ outbox }: OpenAccount): OnlyHere => ({
  waiting: outbox.waitingCount(),
  refused: outbox.refusedCount(),
});

/** Undefined when it cannot be read now: the others are shown all the same. */
function onlyInJournal(path: string, key: Key | undefined): OnlyHere | undefined {
  try {
    return countInJournal(path, key && deriveKey('journal', key));
  } catch (error) {
    if (!expectedFailure(error)) throw error;
    return undefined;
  }
}
