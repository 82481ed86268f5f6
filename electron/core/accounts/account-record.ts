import type { AccountKind } from '#shared/domain/profile.ts';

/** An account as this computer remembers it between two starts. */
export interface AccountRecord {
  id: string;
  kind: AccountKind;
  email: string;
  displayName: string;
  /** Where its service is. */
  serviceUrl: string;
  /** The service that its session was opened at: only there may its secrets be sent. */
  sessionUrl: string;
  /** The address in the settings when that was noted: another one there means that people have moved. */
  settingsUrl: string;
  /** Only from former versions of the app: it is in the account's journal. */
  replicaId?: string;
  remembered: boolean;
  /** False: its session is to end with the app, whatever a keyring could keep. */
  stay?: boolean;
}

/** What the list says of an account whose record is sealed with its key. */
export interface SealedRecord {
  id: string;
  sealed: string;
}

/** The list as it stands on the disk. Version 1, and accounts that have no key yet, have their records in clear. */
export interface AccountList {
  version: 1 | 2;
  current?: string;
  accounts: (AccountRecord | SealedRecord)[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isUuid = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Checked by hand: this is read before anything is on screen, and a library of schemas takes longer to load than to read it. */
export function isAccountList(value: unknown): value is AccountList {
  if (!isObject(value) || !Array.isArray(value['accounts'])) return false;
  if (value['version'] !== 1 && value['version'] !== 2) return false;
  return (
    (value['current'] === undefined || isUuid(value['current'])) &&
    value['accounts'].every((account) => isAccountRecord(account) || isSealedRecord(account))
  );
}

function isSealedRecord(value: unknown): boolean {
  return isObject(value) && isUuid(value['id']) && typeof value['sealed'] === 'string';
}

/** The id becomes the name of a folder, so it must be nothing but an id. */
export function isAccountRecord(value: unknown): value is AccountRecord {
  if (!isObject(value) || !isUuid(value['id'])) return false;
  if (value['replicaId'] !== undefined && !isUuid(value['replicaId'])) return false;
  if (value['stay'] !== undefined && typeof value['stay'] !== 'boolean') return false;
  if (value['kind'] !== 'private' && value['kind'] !== 'garage') return false;
  const texts = ['email', 'displayName', 'serviceUrl', 'sessionUrl', 'settingsUrl'];
  return texts.every((name) => typeof value[name] === 'string') && typeof value['remembered'] === 'boolean';
}
