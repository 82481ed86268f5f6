import { readFileSync, renameSync } from 'node:fs';
import type { BeforeWrite } from '../db/connection.ts';
import { writeAtomically } from '../files/atomic.ts';
import { deriveKey, type Key } from '../keys/derive.ts';
import { sealText, unsealText } from '../keys/seal.ts';
import { parsed } from '../keys/vault-file.ts';
import type { Log } from '../log.ts';
import type { AccountList, AccountRecord } from './account-record.ts';
import { isAccountList, isAccountRecord } from './account-record.ts';

const NONE: AccountList = { version: 2, accounts: [] };

interface Ports {
  /** The key of an account; undefined while nothing opens it, or when it has none. */
  keyOf: (id: string) => Key | undefined;
  log: Log;
  before?: BeforeWrite | undefined;
}

/**
 * Whose accounts are on this computer: enough to show everything at a cold start without a network. Each record is sealed with the key of its
 * account, so that nobody learns from the file whose they are; those that cannot be opened now are kept as they are.
 */
export class Accounts {
  readonly #path: string;
  readonly #ports: Ports;
  #list: AccountList;
  #records = new Map<string, AccountRecord>();

  constructor(path: string, ports: Ports) {
    this.#path = path;
    this.#ports = ports;
    this.#list = read(path, ports.log);
  }

  /** The account that is shown, or will be once it can be opened. */
  get currentId(): string | undefined {
    return this.#list.current;
  }

  current(): AccountRecord | undefined {
    return this.#list.current === undefined ? undefined : this.byId(this.#list.current);
  }

  byId(id: string): AccountRecord | undefined {
    return this.#records.get(id);
  }

  /** Those that are open, in the order in which they came. */
  all(): readonly AccountRecord[] {
    return this.#list.accounts.flatMap(({ id }) => this.byId(id) ?? []);
  }

  /** Of all, whether they can be read or not. */
  ids(): string[] {
    return this.#list.accounts.map(({ id }) => id);
  }

  /** Reads what there is a key for by now. */
  reveal(): void {
    for (const account of this.#list.accounts) {
      if (this.#records.has(account.id)) continue;
      const record = 'sealed' in account ? this.#opened(account.id, account.sealed) : account;
      if (record) this.#records.set(account.id, record);
    }
  }

  /** Forgets whose they are, or whose one is; they stay on the disk. */
  conceal(id?: string): void {
    if (id === undefined) this.#records.clear();
    else this.#records.delete(id);
  }

  /** Notes the account and makes it the current one. One that is known keeps its place. */
  save(account: AccountRecord): void {
    const { accounts } = this.#list;
    const at = accounts.findIndex(({ id }) => id === account.id);
    const entry = this.#sealed(account);
    this.#write({
      version: 2,
      current: account.id,
      accounts: at === -1 ? [...accounts, entry] : accounts.with(at, entry),
    });
    this.#records.set(account.id, account);
  }

  /** Whether some account of a former version has no key yet, so that nothing can stand before it. */
  get hasPlain(): boolean {
    return this.#list.accounts.some((account) => !('sealed' in account));
  }

  /** Makes a known account the current one. */
  choose(id: string): void {
    this.#write({ ...this.#list, current: id });
  }

  /** In place of a current one that goes comes the one after it that can be read, or else the first. */
  remove(id: string): void {
    const at = this.#list.accounts.findIndex((account) => account.id === id);
    if (at === -1) return;
    this.#records.delete(id);
    const accounts = this.#list.accounts.toSpliced(at, 1);
    const rest = [...accounts.slice(at), ...accounts].find((account) => this.#records.has(account.id));
    const current = this.#list.current === id ? rest?.id : this.#list.current;
    this.#write({ version: 2, ...(current !== undefined && { current }), accounts });
  }

  removeAll(): void {
    this.#records.clear();
    this.#write(NONE);
  }

  #sealed(record: AccountRecord): AccountList['accounts'][number] {
    const key = this.#ports.keyOf(record.id);
    // One that was sealed stays so: what is noted after the app was locked is noted again after it was opened.
    if (!key) return this.#list.accounts.find((one) => one.id === record.id && 'sealed' in one) ?? record;
    const text = JSON.stringify(record);
    return { id: record.id, sealed: sealText(deriveKey('record', key), placeOf(record.id), text) };
  }

  #opened(id: string, sealed: string): AccountRecord | undefined {
    const key = this.#ports.keyOf(id);
    if (!key) return undefined;
    const text = unsealText(deriveKey('record', key), placeOf(id), sealed);
    const record = text === undefined ? undefined : parsed(text);
    if (isAccountRecord(record) && record.id === id) return record;
    // Signing in again writes it anew; its changes are in its folder.
    this.#ports.log('error', 'the record of an account is damaged');
    return undefined;
  }

  #write(list: AccountList): void {
    this.#ports.before?.('accounts: write');
    writeAtomically(this.#path, JSON.stringify(list, null, 2));
    this.#list = list;
  }
}

const placeOf = (id: string): string => `record ${id}`;

function read(path: string, log: Log): AccountList {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NONE;
    throw error;
  }
  const list = parsed(text);
  if (isAccountList(list)) return list;
  // Signing in again finds the account's folder by its id; the broken list is kept for whoever looks into it.
  log('error', 'the list of accounts is damaged');
  renameSync(path, `${path}.damaged`);
  return NONE;
}
