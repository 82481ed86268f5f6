import { join } from 'node:path';
import type { Topic } from '#shared/ipc/contract.ts';
import type { AppError, Result } from '#shared/ipc/errors.ts';
import { fail, ok } from '../result.ts';
import type { AccountsHere, OnlyHere, Unsent } from '#shared/ipc/accounts.ts';
import type { SessionState, SignIn } from '#shared/ipc/session.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import type { EngineHost, EngineOptions, EngineSettings } from '../api.ts';
import type { Env } from '../env.ts';
import { expectedFailure } from '../failures.ts';
import type { AccountKeys } from '../keys/account-keys.ts';
import { deriveKey } from '../keys/derive.ts';
import { KEY_FILES } from '../keys/key-file.ts';
import type { Vault } from '../keys/vault.ts';
import { normalAddress } from '../service/address.ts';
import type { Tokens } from '#shared/protocol/sessions.ts';
import { describeError } from '../describe-error.ts';
import type { Accounts } from './account-list.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountFolders } from './folders.ts';
import { JOURNAL } from './names.ts';
import { OpenAccount } from './open-account.ts';
import { statusOfNobody } from './no-account.ts';
import { Retry } from './retry.ts';
import { askToSignIn, openedByPassword, recordOf } from './sign-in.ts';

export interface CurrentAccountPorts {
  env: Env;
  host: EngineHost;
  device: EngineOptions['device'];
  settings: () => EngineSettings;
  accounts: Accounts;
  vault: Vault;
  keys: AccountKeys;
  folders: AccountFolders;
  onTopics: (topics: readonly Topic[]) => void;
  onOwnTopics: (topics: readonly Topic[]) => void;
  onStatus: () => void;
  onSession: () => void;
  onLock: () => void;
  /** Long work for the account that was shown comes to nothing now. */
  onLeave: () => void;
}

const NOTHING: OnlyHere = { waiting: 0, refused: 0 };
export const ALL_TOPICS: readonly Topic[] = [
  'orders', 'invoices', 'vehicles', 'profile', 'baskets', 'changes', 'sync_log', 'security',
]; // prettier-ignore

/** Who is shown: opens the account at the start, signs in and out, changes to another account, and opens a damaged one anew. */
export class CurrentAccount {
  open: OpenAccount | undefined;
  /** Why the account could not be opened; it is tried again now and then, and whenever somebody asks for it. */
  #blocked: AppError | undefined;
  readonly #retry: Retry;
  readonly #ports: CurrentAccountPorts;
  readonly #ended = new AbortController();
  #changing: Promise<unknown> = Promise.resolve();
  #beginning: Promise<void> | undefined;
  #rebuilding = false;
  /** How often it was locked. */
  #locks = 0;

  constructor(ports: CurrentAccountPorts) {
    this.#ports = ports;
    this.#retry = new Retry(ports.env, () => void this.#openAgain());
    this.#beginning = this.#inTurn(() => this.#begin()).finally(() => (this.#beginning = undefined));
  }

  /** Until the keyring has answered, nobody can say who is shown; undefined from then on. */
  get beginning(): Promise<void> | undefined {
    return this.#beginning;
  }

  get locked(): boolean {
    return this.#ports.vault.locked;
  }

  async start(): Promise<void> {
    await this.#beginning;
    this.open?.sync.begin();
  }

  /** Syncs at once; an account that could not be opened is tried first. */
  async now(): Promise<void> {
    await this.#beginning;
    if (this.#blocked) {
      this.#retry.startOver();
      await this.#openAgain();
    }
    await this.open?.sync.now();
  }

  /** The account whose data is shown, or why there is none. */
  get(): Result<OpenAccount> {
    if (this.locked) return fail('locked');
    if (this.open) return ok(this.open);
    return this.#blocked ? { ok: false, error: this.#blocked } : fail('not_signed_in');
  }

  /** Whether a call that means this account may be answered. */
  isShown(accountId: string): boolean {
    return this.#ports.accounts.currentId === accountId;
  }

  async list(): Promise<Result<AccountsHere>> {
    const { accountsHere } = await import('./known-accounts.ts');
    await this.#beginning;
    if (this.locked) return fail('locked');
    await this.open?.outbox.ready();
    const { accounts, folders, keys } = this.#ports;
    return ok(accountsHere(accounts, folders, keys, this.open));
  }

  /** Undefined while the keys cannot be read: then nobody can say whose account it is. */
  whyUnknown(): AppError | undefined {
    return this.locked || this.#ports.accounts.current() ? undefined : this.#blocked;
  }

  session(): SessionState {
    const record = this.#ports.accounts.current();
    if (this.locked) return { state: 'locked', serviceUrl: this.#ports.settings().serviceUrl };
    if (!record) return { state: 'signed_out', serviceUrl: this.#ports.settings().serviceUrl };
    const { id, kind, email, displayName, serviceUrl } = record;
    return {
      state: this.open?.session.expired === true ? 'expired' : 'signed_in',
      serviceUrl,
      account: { id, kind, email, displayName },
      remembered: this.open?.remembered ?? record.remembered,
    };
  }

  status(): SyncStatus {
    if (this.open && !this.locked) return this.open.status();
    return statusOfNobody(this.locked ? { kind: 'locked' } : this.#blocked, this.#retry.nextTryAt);
  }

  signIn(input: SignIn): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      const { accounts, keys, settings } = this.#ports;
      const [locks, wasLocked] = [this.#locks, this.locked];
      const asked = await askToSignIn(input, { ...this.#ports, signal: this.#ended.signal });
      if (!asked.ok) return (await this.#openWithPassword(input, asked.error)) ?? asked;
      // Locked while the service was asked: only whoever has seen the lock means to get around it.
      if (locks !== this.#locks) return fail('locked');
      const { account: who, deviceSecret, ...tokens } = asked.value.answer;
      await keys.afterSignIn(who.id, { password: input.password, deviceSecret });
      accounts.reveal();
      if (wasLocked) this.#ports.onLock();
      const record = recordOf(asked.value, input, accounts.byId(who.id), settings().serviceUrl);
      const isAnother = accounts.current() !== undefined && !this.isShown(record.id);
      // Noted first: from here on, calls that mean the account that was shown are refused.
      accounts.save(record);
      await this.#close();
      if (isAnother) this.#ports.onSession();
      this.#open(record);
      const opened = this.get();
      if (!opened.ok) {
        const remembered = await this.#keepForLater(record, tokens);
        accounts.save({ ...record, remembered });
        this.#announce();
        return opened;
      }
      await opened.value.session.take(tokens);
      accounts.save({ ...record, remembered: opened.value.session.durable });
      this.#announce();
      opened.value.sync.begin();
      return ok(this.session());
    });
  }

  /** Shows another account of this computer. Calls that mean the former one are refused from the first step on. */
  switchTo(id: string): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      const { accounts } = this.#ports;
      if (this.locked) return fail('locked');
      if (!accounts.byId(id)) return fail('not_found');
      if (this.isShown(id) && this.open) return ok(this.session());
      accounts.choose(id);
      await this.#close();
      this.#showCurrent();
      return ok(this.session());
    });
  }

  /**
   * Ends the session at the service if it can be reached, and erases what this computer keeps of the account; the next one is shown. With
   * `send` nothing is done while changes still wait after a try to send them, or were refused and not decided about.
   */
  signOut(unsent: Unsent): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      const { accounts, folders, host, keys } = this.#ports;
      const record = accounts.current();
      if (this.locked) return fail('locked');
      if (record) {
        // What stood in the way of opening it may be gone: then what waits can be sent.
        if (this.#blocked) {
          this.#open(record);
          this.#announce();
        }
        const { waiting, refused } = unsent === 'send' ? await this.#sendOrCount(record.id) : NOTHING;
        if (waiting > 0 || refused > 0)
          return fail('changes_waiting', {
            ...(waiting > 0 && { count: waiting }),
            ...(refused > 0 && { refused }),
          });
        // What the database alone remembers goes to the journal, which is what is kept.
        if (unsent === 'keep') await this.open?.outbox.ready();
        await this.open?.session.revoke();
        await this.#close();
        if (unsent === 'keep') folders.eraseBut(record.id, [JOURNAL, ...KEY_FILES]);
        else folders.erase(record.id);
        keys.forget(record.id);
        await host.deleteSecret(record.id);
        accounts.remove(record.id);
        // Nothing is left that it opens.
        if (folders.ids().length === 0 && !this.#ports.vault.state().code) await this.#ports.vault.erase();
        this.#showCurrent();
      }
      return ok(this.session());
    });
  }

  /** Erases all accounts from this computer, whatever they have that is nowhere else. */
  eraseAll(): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      const { accounts, folders, host, keys, vault } = this.#ports;
      if (this.locked) return fail('locked');
      const { endSessions } = await import('./account-session.ts');
      await endSessions(accounts.all(), this.open, this.#ports);
      await this.#close();
      folders.eraseAll();
      for (const id of accounts.ids()) await host.deleteSecret(id);
      accounts.removeAll();
      keys.forgetAll();
      await vault.erase();
      this.#ports.onLock();
      this.#announce();
      return ok(this.session());
    });
  }

  /**
   * Every key is forgotten and nothing is shown from this moment on, whatever else is under way and may wait for the network; what is open is closed
   * when its turn comes. Nothing is sent until the code was given.
   */
  async lock(): Promise<void> {
    const { accounts, keys, vault } = this.#ports;
    if (this.locked) return;
    vault.lock();
    if (!this.locked) return;
    this.#locks += 1;
    accounts.conceal();
    keys.forgetAll();
    this.#ports.onSession();
    this.#ports.onLock();
    await this.#inTurn(async () => {
      // Whoever was quick with the code is shown what they had: it only has to be opened again.
      await this.#close();
      if (!this.locked) this.#openReadable();
      this.#announce();
    });
  }

  unlock(code: string): Promise<Result<undefined>> {
    return this.#inTurn(async () => {
      const { vault } = this.#ports;
      const wasLocked = vault.locked;
      const unlocked = await vault.unlock(code);
      this.#ports.onLock();
      if (!unlocked.ok || !wasLocked) return unlocked;
      await this.#close();
      this.#openReadable();
      this.#announce();
      void this.start();
      return unlocked;
    });
  }

  /** Another code, the first one, or none. */
  setCode(code: string | undefined, present: string | undefined): Promise<Result<undefined>> {
    return this.#inTurn(async () => {
      const { accounts, keys, vault } = this.#ports;
      if (this.locked) return fail('locked');
      // A code in front of files in clear would protect nothing.
      if (accounts.hasPlain) return fail('session_expired', { detail: 'an account is not encrypted yet' });
      const set = await vault.setCode(code, present);
      if (set.ok) keys.sealForVault();
      this.#ports.onLock();
      return set;
    });
  }

  /** What the password of the account that is shown opens here, the new one opens from now on. */
  async passwordChanged(password: string): Promise<void> {
    if (this.open) await this.#ports.keys.passwordChanged(this.open.record.id, password);
  }

  /** What stands in the way of the keys stands in the way of everything: it is tried again as for an account that cannot be opened. */
  async #begin(): Promise<void> {
    try {
      await this.#ports.vault.unlockByKeyring();
      this.#blocked = undefined;
      if (this.locked) this.#tellLocked();
      else this.#openReadable();
    } catch (error) {
      const { log } = this.#ports.host;
      const expected = expectedFailure(error);
      if (expected) log('warn', 'the account cannot be opened', { kind: expected.kind });
      else log('error', 'the keys could not be read', describeError(error));
      this.#blocked = expected ?? { kind: 'internal', detail: 'keys' };
      if (!this.#ended.signal.aborted) this.#retry.plan();
    }
  }

  /** An engine that is started anew beneath an app that was open does not know the code: what is shown has to go. */
  #tellLocked(): void {
    this.#ports.onSession();
    this.#ports.onLock();
  }

  /** Opens the account that is shown, of those that there is a key for. */
  #openReadable(): void {
    const { accounts } = this.#ports;
    accounts.reveal();
    const record = accounts.current() ?? accounts.all()[0];
    if (!record) return;
    if (record.id !== accounts.currentId) accounts.choose(record.id);
    this.#open(this.#moved(record));
  }

  /** Undefined when the password opens nothing here. */
  async #openWithPassword(input: SignIn, { kind }: AppError): Promise<Result<SessionState> | undefined> {
    if (this.locked || (kind !== 'offline' && kind !== 'service_unavailable')) return undefined;
    const { accounts, keys } = this.#ports;
    const id = await openedByPassword(input, accounts, keys);
    if (id === undefined) return undefined;
    accounts.choose(id);
    await this.#close();
    this.#showCurrent();
    return ok(this.session());
  }

  /** The changes of which this computer alone knows, after a try to send what waits. */
  async #sendOrCount(accountId: string): Promise<OnlyHere> {
    const { open } = this;
    if (!open) {
      const { countInJournal } = await import('../outbox/count-in-journal.ts');
      const { folders, keys } = this.#ports;
      const key = keys.of(accountId);
      return countInJournal(join(folders.of(accountId), JOURNAL), key && deriveKey('journal', key));
    }
    await open.outbox.ready();
    if (open.outbox.waitingCount() > 0) await open.sync.now();
    return { waiting: open.outbox.waitingCount(), refused: open.outbox.refusedCount() };
  }

  /** Another address in the settings: the account is looked for there from now on. */
  settingsChanged(): Promise<void> {
    return this.#inTurn(async () => {
      const record = this.#ports.accounts.current();
      if (!record) return;
      const moved = this.#moved(record);
      if (moved === record) {
        this.open?.files.fetchWanted();
        return;
      }
      await this.#close();
      this.#open(moved);
      this.#announce();
      void this.start();
    });
  }

  async close(): Promise<void> {
    this.#ended.abort();
    this.#retry.stop();
    await this.#inTurn(() => this.#close());
  }

  #open(record: AccountRecord, damaged = false): void {
    const { env, host, settings, folders, keys, onTopics, onOwnTopics, onStatus, onSession } = this.#ports;
    try {
      this.open = new OpenAccount(
        { folder: folders.of(record.id), key: keys.of(record.id), damaged },
        record,
        {
          env,
          host,
          settings,
          appVersion: this.#ports.device.appVersion,
          onTopics,
          onOwnTopics,
          onStatus,
          onSession,
          onEmail: (email) => this.#noteEmail(record.id, email),
          onDamage: () => this.#rebuild(record.id),
        },
      );
      this.#blocked = undefined;
      this.#retry.stop();
    } catch (error) {
      const expected = expectedFailure(error);
      if (!expected) throw error;
      host.log('warn', 'the account cannot be opened', { kind: expected.kind });
      this.#blocked = expected;
      // A newer app has written it: only another app helps.
      if (expected.kind !== 'database_newer' && !this.#ended.signal.aborted) this.#retry.plan();
    }
  }

  /** What stood in the way (another process, the disk, too many open files) may be gone. */
  async #openAgain(): Promise<void> {
    try {
      await this.#inTurn(async () => {
        if (!this.#blocked || this.#ended.signal.aborted) return;
        await this.#begin();
        if (this.#blocked) this.#ports.onStatus();
        else this.#announce();
        void this.start();
      });
    } catch (error) {
      this.#ports.host.log('error', 'the account could not be tried again', describeError(error));
    }
  }

  /** Somebody has signed in to an account that cannot be opened: the session waits for the moment when it can. */
  async #keepForLater({ id, stay }: AccountRecord, { refreshToken }: Tokens): Promise<boolean> {
    try {
      const lasting = stay !== false;
      return (await this.#ports.host.saveSecret(id, refreshToken, { lasting })).durable;
    } catch (error) {
      this.#ports.host.log('warn', 'the session could not be kept', describeError(error));
      return false;
    }
  }

  async #close(): Promise<void> {
    const { open } = this;
    if (open) this.#ports.onLeave();
    this.open = undefined;
    this.#blocked = undefined;
    this.#retry.stop();
    await open?.close();
  }

  /** The account that comes after the one that was closed is told before it is opened, so that nothing of it is taken for the former one's. */
  #showCurrent(): void {
    this.#ports.onSession();
    const record = this.#ports.accounts.current();
    if (record) this.#open(this.#moved(record));
    this.#announce();
    void this.start();
  }

  #rebuild(accountId: string): void {
    if (this.#rebuilding || this.#ended.signal.aborted) return;
    this.#rebuilding = true;
    void this.#inTurn(async () => {
      const record = this.#ports.accounts.current();
      const damaged = this.open?.record.id === accountId;
      if (record && damaged) {
        await this.#close();
        this.#open(record, true);
        this.#announce();
        void this.start();
      }
      this.#rebuilding = false;
    });
  }

  /** Where people have told the app to look since the account was last open. */
  #moved(record: AccountRecord): AccountRecord {
    const { serviceUrl } = this.#ports.settings();
    const url = normalAddress(serviceUrl);
    if (serviceUrl === record.settingsUrl || url === undefined) return record;
    const moved = { ...record, serviceUrl: url, settingsUrl: serviceUrl };
    this.#ports.accounts.save(moved);
    return moved;
  }

  /** Changed in the meantime: it is what the account is called, and what one signs in with. */
  #noteEmail(id: string, email: string): void {
    const { accounts, onSession } = this.#ports;
    const record = accounts.current();
    if (record?.id !== id || record.email === email) return;
    accounts.save({ ...record, email });
    onSession();
  }

  #announce(): void {
    this.#ports.onSession();
    this.#ports.onTopics(ALL_TOPICS);
    this.#ports.onStatus();
  }

  /** Signing in and out, changing accounts and rebuilding never overlap. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#changing.then(work);
    this.#changing = turn.catch(() => undefined);
    return turn;
  }
}
