import { readFileSync, renameSync } from 'node:fs';
import { writeAtomically } from '../files/atomic.ts';
import type { Log } from '../log.ts';
import type { AccountList, AccountRecord } from './account-record.ts';
import { isAccountList } from './account-record.ts';

const NONE: AccountList = { version: 1, accounts: [] };

/** Whose accounts are on this computer: enough to show everything at a cold start, without a network and without secrets. */
export class Accounts {
  readonly #path: string;
  #list: AccountList;

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#list = read(path, log);
  }

  current(): AccountRecord | undefined {
    return this.#list.accounts.find(({ id }) => id === this.#list.current);
  }

  byId(id: string): AccountRecord | undefined {
    return this.#list.accounts.find((account) => account.id === id);
  }

  /** In the order in which they came. */
  all(): readonly AccountRecord[] {
    return this.#list.accounts;
  }

  /** Notes the account and makes it the current one. One that is known keeps its place. */
  save(account: AccountRecord): void {
    const { accounts } = this.#list;
    const at = accounts.findIndex(({ id }) => id === account.id);
    this.#write({
      version: 1,
      current: account.id,
      accounts: at === -1 ? [...accounts, account] : accounts.with(at, account),
    });
  }

  /** Makes a known account the current one. */
  choose(id: string): void {
    this.#write({ ...this.#list, current: id });
  }

  /** In place of a current one that goes comes the one after it, or else the first. */
  remove(id: string): void {
    const at = this.#list.accounts.findIndex((account) => account.id === id);
    if (at === -1) return;
    const accounts = this.#list.accounts.toSpliced(at, 1);
    const current = this.#list.current === id ? (accounts[at] ?? accounts[0])?.id : this.#list.current;
    this.#write({ version: 1, ...(current !== undefined && { current }), accounts });
  }

  removeAll(): void {
    this.#write(NONE);
  }

  #write(list: AccountList): void {
    writeAtomically(this.#path, JSON.stringify(list, null, 2));
    this.#list = list;
  }
}

function read(path: string, log: Log): AccountList {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NONE;
    throw error;
  }
  try {
    const list: unknown = JSON.parse(text);
    if (isAccountList(list)) return list;
    throw new SyntaxError('not a list of accounts');
  } catch (error) {
    // Signing in again finds the account's folder by its id; the broken list is kept for whoever looks into it.
    log('error', 'the list of accounts is damaged', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    renameSync(path, `${path}.damaged`);
    return NONE;
  }
}
