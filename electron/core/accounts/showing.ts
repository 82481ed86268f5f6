import type { Result } from '#shared/ipc/errors.ts';
import type { EngineSettings } from '../api.ts';
import { describeError } from '../describe-error.ts';
import { expectedFailure } from '../failures.ts';
import type { Vault } from '../keys/vault.ts';
import type { Log } from '../log.ts';
import { fail, ok } from '../result.ts';
import type { Accounts } from './account-list.ts';
import { moved } from './moved.ts';
import type { OpenAccount } from './open-account.ts';
import type { Opening } from './opening.ts';
import { announce, type Tell } from './tell.ts';
import type { Turns } from './turns.ts';

interface Ports {
  accounts: Accounts;
  vault: Pick<Vault, 'locked' | 'unlockByKeyring'>;
  opening: Opening;
  turns: Turns;
  settings: () => EngineSettings;
  tell: Pick<Tell, 'session' | 'topics' | 'status' | 'lock'>;
  log: Log;
  signal: AbortSignal;
}

/**
 * Which account is shown: the one of the last time at the start, another one when that is chosen, and one that is damaged anew. What is not said to
 * take a turn of its own runs in one of its caller's.
 */
export class Showing {
  readonly #ports: Ports;
  #beginning: Promise<void> | undefined;
  #rebuilding = false;

  /** Begins, in the next turn. */
  constructor(ports: Ports) {
    this.#ports = ports;
    this.#beginning = ports.turns.take(() => this.#begin()).finally(() => (this.#beginning = undefined));
  }

  /** Until the keyring has answered, nobody can say who is shown; undefined from then on. */
  get beginning(): Promise<void> | undefined {
    return this.#beginning;
  }

  /** The account whose data is shown, or why there is none. */
  get(): Result<OpenAccount> {
    const { vault, opening } = this.#ports;
    if (vault.locked) return fail('locked');
    if (opening.account) return ok(opening.account);
    return opening.blocked ? { ok: false, error: opening.blocked } : fail('not_signed_in');
  }

  /** Syncs from now on. Takes no turn. */
  async start(): Promise<void> {
    await this.#beginning;
    this.#ports.opening.account?.sync.begin();
  }

  /** Syncs at once; an account that could not be opened is tried first, in its own turn. */
  async now(): Promise<void> {
    const { opening } = this.#ports;
    await this.#beginning;
    if (opening.blocked) {
      opening.startOver();
      await this.openAgain();
    }
    await opening.account?.sync.now();
  }

  /** Does nothing for the account that is shown already. */
  async switchTo(id: string): Promise<Result<undefined>> {
    const { accounts, vault, opening } = this.#ports;
    if (vault.locked) return fail('locked');
    if (!accounts.byId(id)) return fail('not_found');
    if (accounts.currentId !== id || !opening.account) await this.change(id);
    return ok(undefined);
  }

  /** Shows another account of this computer; calls that mean the former one are refused from the first step on. */
  async change(id: string): Promise<void> {
    this.#ports.accounts.choose(id);
    await this.#ports.opening.close();
    this.showCurrent();
  }

  /** The account that comes after the one that was closed is told before it is opened, so that nothing of it is taken for the former one's. */
  showCurrent(): void {
    const { accounts, opening, settings, tell } = this.#ports;
    tell.session();
    const record = accounts.current();
    if (record) opening.open(moved(record, accounts, settings()));
    announce(tell);
    void this.start();
  }

  /** Opens the account that is shown, of those that there is a key for. */
  openReadable(): void {
    const { accounts, opening, settings } = this.#ports;
    accounts.reveal();
    const record = accounts.current() ?? accounts.all()[0];
    if (!record) return;
    if (record.id !== accounts.currentId) accounts.choose(record.id);
    opening.open(moved(record, accounts, settings()));
  }

  /** Another address in the settings: the account is looked for there from now on. */
  async settingsChanged(): Promise<void> {
    const { accounts, opening, settings, tell } = this.#ports;
    const record = accounts.current();
    if (!record) return;
    const there = moved(record, accounts, settings());
    if (there === record) {
      opening.account?.files.fetchWanted();
      return;
    }
    await opening.close();
    opening.open(there);
    announce(tell);
    void this.start();
  }

  /** What stood in the way (another process, the disk, too many open files) may be gone. Takes its own turn, and throws nothing. */
  async openAgain(): Promise<void> {
    const { opening, turns, tell, log, signal } = this.#ports;
    try {
      await turns.take(async () => {
        if (!opening.blocked || signal.aborted) return;
        await this.#begin();
        if (opening.blocked) tell.status();
        else announce(tell);
        void this.start();
      });
    } catch (error) {
      log('error', 'the account could not be tried again', describeError(error));
    }
  }

  /** The account turned out to be damaged: if it is open still, it is closed, rebuilt and opened anew, in its own turn. */
  rebuild(accountId: string): void {
    const { accounts, opening, turns, tell, signal } = this.#ports;
    if (this.#rebuilding || signal.aborted) return;
    this.#rebuilding = true;
    void turns.take(async () => {
      const record = accounts.current();
      const damaged = opening.account?.record.id === accountId;
      if (record && damaged) {
        await opening.close();
        opening.open(record, true);
        announce(tell);
        void this.start();
      }
      this.#rebuilding = false;
    });
  }

  /** What stands in the way of the keys stands in the way of everything: it is tried again as for an account that cannot be opened. */
  async #begin(): Promise<void> {
    const { vault, opening, log } = this.#ports;
    try {
      await vault.unlockByKeyring();
      opening.unblock();
      if (vault.locked) this.#tellLocked();
      else this.openReadable();
    } catch (error) {
      const expected = expectedFailure(error);
      if (expected) log('warn', 'the account cannot be opened', { kind: expected.kind });
      else log('error', 'the keys could not be read', describeError(error));
      opening.block(expected ?? { kind: 'internal', detail: 'keys' });
    }
  }

  /** An engine that is started anew beneath an app that was open does not know the code: what is shown has to go. */
  #tellLocked(): void {
    this.#ports.tell.session();
    this.#ports.tell.lock();
  }
}
