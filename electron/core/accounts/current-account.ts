import { join } from 'node:path';
import type { Topic } from '#shared/ipc/contract.ts';
import type { AppError, Result } from '#shared/ipc/errors.ts';
import { fail, ok } from '../result.ts';
import type { SessionState, SignIn } from '#shared/ipc/session.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { EngineHost, EngineOptions, EngineSettings } from '../api.ts';
import type { Env } from '../env.ts';
import { expectedFailure } from '../failures.ts';
import { normalAddress } from '../service/address.ts';
import { ServiceClient } from '../service/client.ts';
import type { Accounts } from './account-list.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountFolders } from './folders.ts';
import { JOURNAL, OpenAccount } from './open-account.ts';

export interface CurrentAccountPorts {
  env: Env;
  host: EngineHost;
  device: EngineOptions['device'];
  settings: () => EngineSettings;
  accounts: Accounts;
  folders: AccountFolders;
  onTopics: (topics: readonly Topic[]) => void;
  onStatus: () => void;
  onSession: () => void;
}

const ALL_TOPICS: readonly Topic[] = [
  'orders', 'invoices', 'vehicles', 'profile', 'baskets', 'changes', 'sync_log',
]; // prettier-ignore

/** Who is signed in: opens the account at the start, signs in and out, and opens a damaged one anew. */
export class CurrentAccount {
  open: OpenAccount | undefined;
  /** Why the account could not be opened. */
  #blocked: AppError | undefined;
  readonly #ports: CurrentAccountPorts;
  readonly #ended = new AbortController();
  #changing: Promise<unknown> = Promise.resolve();
  #rebuilding = false;

  constructor(ports: CurrentAccountPorts) {
    this.#ports = ports;
    const record = ports.accounts.current();
    if (record) this.#open(this.#moved(record));
  }

  start(): void {
    if (this.open) void this.open.sync.now();
  }

  /** The account whose data is shown, or why there is none. */
  get(): Result<OpenAccount> {
    if (this.open) return ok(this.open);
    return this.#blocked ? { ok: false, error: this.#blocked } : fail('not_signed_in');
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
      };
      await this.#close();
      this.#open(record);
      const opened = this.get();
      if (!opened.ok) {
        accounts.save(record);
        return opened;
      }
      await opened.value.session.take(tokens);
      accounts.save({ ...record, remembered: opened.value.session.durable });
      this.#announce();
      void opened.value.sync.now();
      return ok(this.session());
    });
  }

  /**
   * Ends the session at the service if it can be reached, and erases what this computer keeps of the account. Changes that wait are sent
   * first; when that fails, nothing is done unless they are to be given up.
   */
  signOut({ discard }: { discard: boolean }): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      const record = this.#ports.accounts.current();
      if (record) {
        const unsent = discard ? 0 : await this.#sendOrCount(record.id);
        if (unsent > 0) return fail('changes_waiting', { count: unsent });
        await this.open?.session.revoke();
        await this.#close();
        this.#ports.folders.erase(record.id);
        await this.#ports.host.deleteSecret(record.id);
        this.#ports.accounts.remove(record.id);
        this.#announce();
      }
      return ok(this.session());
    });
  }

  /** How many changes are left on this computer only, after a try to send them. */
  async #sendOrCount(accountId: string): Promise<number> {
    const { open } = this;
    if (!open) {
      const { countInJournal } = await import('../outbox/count-in-journal.ts');
      return countInJournal(join(this.#ports.folders.of(accountId), JOURNAL));
    }
    await open.outbox.ready();
    if (open.outbox.waitingCount() > 0) await open.sync.now();
    return open.outbox.waitingCount();
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
    await this.#inTurn(() => this.#close());
  }

  #open(record: AccountRecord, knownDamaged = false): void {
    const { env, host, settings, folders, onTopics, onStatus, onSession } = this.#ports;
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
          onStatus,
          onSession,
          onDamage: () => this.#rebuild(),
        },
        knownDamaged,
      );
      this.#blocked = undefined;
    } catch (error) {
      const expected = expectedFailure(error);
      if (!expected) throw error;
      host.log('warn', 'the account cannot be opened', { kind: expected.kind });
      this.#blocked = expected;
    }
  }

  async #close(): Promise<void> {
    const { open } = this;
    this.open = undefined;
    this.#blocked = undefined;
    await open?.close();
  }

  #rebuild(): void {
    if (this.#rebuilding || this.#ended.signal.aborted) return;
    this.#rebuilding = true;
    void this.#inTurn(async () => {
      const record = this.#ports.accounts.current();
      const damaged = this.open !== undefined;
      await this.#close();
      if (record && damaged) this.#open(record, true);
      this.#rebuilding = false;
      this.#announce();
      this.start();
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

  #announce(): void {
    this.#ports.onSession();
    this.#ports.onTopics(ALL_TOPICS);
    this.#ports.onStatus();
  }

  /** Signing in and out and rebuilding never overlap. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#changing.then(work);
    this.#changing = turn.catch(() => undefined);
    return turn;
  }
}

/** Former versions of the app kept the replica id in the list of accounts; the account's journal takes it from there. */
const keptId = (known: AccountRecord | undefined): Pick<AccountRecord, 'replicaId'> =>
  known?.replicaId === undefined ? {} : { replicaId: known.replicaId };
