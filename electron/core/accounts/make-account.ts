import type { EngineHost, EngineSettings } from '../api.ts';
import type { Env } from '../env.ts';
import type { AccountKeys } from '../keys/account-keys.ts';
import type { Accounts } from './account-list.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountFolders } from './folders.ts';
import { OpenAccount } from './open-account.ts';
import type { Tell } from './tell.ts';

interface Ports {
  env: Env;
  host: EngineHost;
  settings: () => EngineSettings;
  appVersion: string;
  accounts: Accounts;
  folders: AccountFolders;
  keys: AccountKeys;
  tell: Tell;
  /** This account turned out to be damaged. */
  onDamage: (accountId: string) => void;
}

/** Opens accounts of this computer where they are, with the keys that they have. What it answers throws when the files cannot be opened. */
export function accountMaker({ accounts, folders, keys, tell, onDamage, ...world }: Ports) {
  /** Changed in the meantime: it is what the account is called, and what one signs in with. */
  const noteEmail = (id: string, email: string): void => {
    const record = accounts.current();
    if (record?.id !== id || record.email === email) return;
    accounts.save({ ...record, email });
    tell.session();
  };
  return (record: AccountRecord, damaged: boolean): OpenAccount => {
    const place = { folder: folders.of(record.id), key: keys.of(record.id), damaged };
    return new OpenAccount(place, record, {
      ...world,
      onTopics: tell.topics,
      onOwnTopics: tell.ownTopics,
      onStatus: tell.status,
      onSession: tell.session,
      onEmail: (email) => noteEmail(record.id, email),
      onDamage: () => onDamage(record.id),
    });
  };
}
