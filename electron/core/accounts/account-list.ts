import { readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { Uuid } from '#shared/domain/ids.ts';
import { AccountKind } from '#shared/domain/profile.ts';
import { writeAtomically } from '../files/atomic.ts';
import type { Log } from '../log.ts';

const AccountRecord = z.object({
  id: Uuid,
  kind: AccountKind,
  email: z.string(),
  displayName: z.string(),
  /** Where its service is. */
  serviceUrl: z.string(),
  /** The service that its session was opened at: only there may its secrets be sent. */
  sessionUrl: z.string(),
  /** The address in the settings when that was noted: another one there means that people have moved. */
  settingsUrl: z.string(),
  replicaId: Uuid,
  remembered: z.boolean(),
});
export type AccountRecord = z.infer<typeof AccountRecord>;

const AccountList = z.object({
  version: z.literal(1),
  current: Uuid.optional(),
  accounts: z.array(AccountRecord),
});
type AccountList = z.infer<typeof AccountList>;

const NONE: AccountList = { version: 1, accounts: [] };

/** Who is signed in on this computer: enough to show everything at a cold start, without a network and without secrets. */
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

  /** Notes the account and makes it the current one. */
  save(account: AccountRecord): void {
    const others = this.#list.accounts.filter(({ id }) => id !== account.id);
    this.#write({ version: 1, current: account.id, accounts: [...others, account] });
  }

  remove(id: string): void {
    const accounts = this.#list.accounts.filter((account) => account.id !== id);
    const { current } = this.#list;
    this.#write({ version: 1, ...(current !== undefined && current !== id && { current }), accounts });
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
    return AccountList.parse(JSON.parse(text));
  } catch (error) {
    // Signing in again finds the account's folder by its id; the broken list is kept for whoever looks into it.
    log('error', 'the list of accounts is damaged', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    renameSync(path, `${path}.damaged`);
    return NONE;
  }
}
