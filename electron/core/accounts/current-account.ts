import { join } from 'node:path';
import type { Topic } from '#shared/ipc/contract.ts';
import type { AppError, Result } from '#shared/ipc/errors.ts';
import { fail, ok } from '../result.ts';
import type { AccountsHere, OnlyHere, Unsent } from '#shared/ipc/accounts.ts';
import type { SessionState, SignIn } from '#shared/ipc/session.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { EngineHost, EngineOptions, EngineSettings } from '../api.ts';
import type { Env } from '../env.ts';
import { expectedFailure } from '../failures.ts';
import { normalAddress } from '../service/address.ts';
import { ServiceClient } from '../service/client.ts';
import type { Tokens } from '#shared/protocol/sessions.ts';
import { describeError } from '../describe-error.ts';
import type { Accounts } from './account-list.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountFolders } from './folders.ts';
import { JOURNAL, OpenAccount } from './open-account.ts';
import { Retry } from './retry.ts';

export interface CurrentAccountPorts {
  env: Env;
  host: EngineHost;
  device: EngineOptions['device'];
  settings: () => EngineSettings;
  accounts: Accounts;
  folders: AccountFolders;
  onTopics: (topics: readonly Topic[]) => void;
  onOwnTopics: (topics: readonly Topic[]) => void;
  onStatus: () => void;
  onSession: () => void;
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
  #rebuilding = false;

  constructor(ports: CurrentAccountPorts) {
    this.#ports = ports;
    this.#retry = new Retry(ports.env, () => void this.#openAgain());
    const record = ports.accounts.current();
    if (record) this.#open(this.#moved(record));
  }

  start(): void {
    if (this.open) void this.open.sync.now();
  }

  /** Syncs at once; an account that could not be opened is tried first. */
  async now(): Promise<void> {
    if (this.#blocked) {
      this.#retry.startOver();
      await this.#openAgain();
    }
    await this.open?.sync.now();
  }

  /** The account whose data is shown, or why there is none. */
  get(): Result<OpenAccount> {
    if (this.open) return ok(this.open);
    return this.#blocked ? { ok: false, error: this.#blocked } : fail('not_signed_in');
  }

  /** Whether a call that means this account may be answered. */
  isShown(accountId: string): boolean {
    return this.#ports.accounts.current()?.id === accountId;
  }

  async list(): Promise<AccountsHere> {
    const { accountsHere } = await import('./known-accounts.ts');
    await this.open?.outbox.ready();
    return accountsHere(this.#ports.accounts, this.#ports.folders, this.open);
  }

  session(): SessionState {
    const record = this.#ports.accounts.current();
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
    if (this.open) return this.open.status();
    return {
      phase: this.#blocked ? 'paused' : 'signed_out',
      ...(this.#blocked && { problem: this.#blocked }),
      ...(this.#blocked && this.#retry.nextTryAt !== undefined && { nextTryAt: this.#retry.nextTryAt }),
      counts: { orders: 0, invoices: 0, vehicles: 0, baskets: 0 },
      changes: { waiting: 0, refused: 0, notices: 0 },
      files: { here: 0, waiting: 0, damaged: 0, failed: 0 },
      unreadable: 0,
    };
  }

  signIn(input: SignIn): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      const url = normalAddress(input.serviceUrl ?? this.#ports.settings().serviceUrl);
      if (url === undefined) return fail('not_our_service', { detail: 'an https:// address is needed' });
      const { email, password } = input;
      const body = JSON.stringify({ email, password, device: this.#ports.device });
      const { SignInResponse } = await import('#shared/protocol/sessions.ts');
      const client = new ServiceClient(url, this.#ports.env, this.#ended.signal);
      const reply = await client.json({ method: 'POST', path: routes.signIn, body }, SignInResponse);
      if (!reply.ok) return { ok: false, error: reply.error };
      const { account: who, ...tokens } = reply.value;
      const { accounts } = this.#ports;
      const record: AccountRecord = {
        ...who,
        serviceUrl: url,
        sessionUrl: url,
        settingsUrl: this.#ports.settings().serviceUrl,
        ...keptId(accounts.byId(who.id)),
        remembered: true,
        ...keptChoice(input.stay, accounts.byId(who.id)),
      };
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
      void opened.value.sync.now();
      return ok(this.session());
    });
  }

  /** Shows another account of this computer. Calls that mean the former one are refused from the first step on. */
  switchTo(id: string): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      const { accounts } = this.#ports;
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
      const { accounts, folders, host } = this.#ports;
      const record = accounts.current();
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
        if (unsent === 'keep') folders.eraseBut(record.id, JOURNAL);
        else folders.erase(record.id);
        await host.deleteSecret(record.id);
        accounts.remove(record.id);
        this.#showCurrent();
      }
      return ok(this.session());
    });
  }

  /** Erases all accounts from this computer, whatever they have that is nowhere else. */
  eraseAll(): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      const { accounts, folders, host } = this.#ports;
      const { endSessions } = await import('./account-session.ts');
      await endSessions(accounts.all(), this.open, this.#ports);
      await this.#close();
      for (const id of folders.ids()) folders.erase(id);
      for (const { id } of accounts.all()) await host.deleteSecret(id);
      accounts.removeAll();
      this.#announce();
      return ok(this.session());
    });
  }

  /** The changes of which this computer alone knows, after a try to send what waits. */
  async #sendOrCount(accountId: string): Promise<OnlyHere> {
    const { open } = this;
    if (!open) {
      const { countInJournal } = await import('../outbox/count-in-journal.ts');
      return countInJournal(join(this.#ports.folders.of(accountId), JOURNAL));
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
      this.start();
    });
  }

  async close(): Promise<void> {
    this.#ended.abort();
    this.#retry.stop();
    await this.#inTurn(() => this.#close());
  }

  #open(record: AccountRecord, knownDamaged = false): void {
    const { env, host, settings, folders, onTopics, onOwnTopics, onStatus, onSession } = this.#ports;
    try {
      this.open = new OpenAccount(
        folders.of(record.id),
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
        knownDamaged,
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
      await this.#inTurn(() => {
        const record = this.#ports.accounts.current();
        if (!this.#blocked || !record || this.#ended.signal.aborted) return Promise.resolve();
        this.#open(record);
        if (this.open) this.#announce();
        else this.#ports.onStatus();
        this.start();
        return Promise.resolve();
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
    this.start();
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
        this.start();
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

/** Former versions of the app kept the replica id in the list of accounts; the account's journal takes it from there. */
const keptId = (known: AccountRecord | undefined): Pick<AccountRecord, 'replicaId'> =>
  known?.replicaId === undefined ? {} : { replicaId: known.replicaId };

/** Whether the session may outlast the app: what was chosen now, else when this account was signed in last. */
const keptChoice = (
  chosen: boolean | undefined,
  known: AccountRecord | undefined,
): Pick<AccountRecord, 'stay'> => ((chosen ?? known?.stay) === false ? { stay: false } : {});
