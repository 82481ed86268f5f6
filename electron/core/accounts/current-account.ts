import type { AccountsHere, Unsent } from '#shared/ipc/accounts.ts';
import type { AppError, Result } from '#shared/ipc/errors.ts';
import type { SessionState, SignIn } from '#shared/ipc/session.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import type { EngineHost, EngineOptions, EngineSettings } from '../api.ts';
import type { Env } from '../env.ts';
import type { AccountKeys } from '../keys/account-keys.ts';
import type { Vault } from '../keys/vault.ts';
import { fail, ok } from '../result.ts';
import type { Accounts } from './account-list.ts';
import type { AccountFolders } from './folders.ts';
import { Locking } from './locking.ts';
import { accountMaker } from './make-account.ts';
import { statusOfNobody } from './no-account.ts';
import type { OpenAccount } from './open-account.ts';
import { Opening } from './opening.ts';
import { signedInState } from './session-state.ts';
import { Showing } from './showing.ts';
import { askToSignIn } from './sign-in.ts';
import { SigningIn } from './signing-in.ts';
import { SigningOut } from './signing-out.ts';
import type { Tell } from './tell.ts';
import { Turns } from './turns.ts';

export interface CurrentAccountPorts {
  env: Env;
  host: EngineHost;
  device: EngineOptions['device'];
  settings: () => EngineSettings;
  accounts: Accounts;
  vault: Vault;
  keys: AccountKeys;
  folders: AccountFolders;
  tell: Tell;
}

/** Who is shown, and what is asked of the whole of it. Signing in and out, changing accounts and locking never overlap: each has its turn. */
export class CurrentAccount {
  readonly #ports: CurrentAccountPorts;
  readonly #ended = new AbortController();
  readonly #turns = new Turns();
  readonly #opening: Opening;
  readonly #showing: Showing;
  readonly #locking: Locking;
  readonly #signingIn: SigningIn;
  readonly #signingOut: SigningOut;

  constructor(ports: CurrentAccountPorts) {
    this.#ports = ports;
    const { env, host, device, settings, accounts, vault, keys, folders, tell } = ports;
    const { signal } = this.#ended;
    const opening = new Opening({
      env,
      log: host.log,
      make: accountMaker({
        env, host, settings, accounts, folders, keys, tell,
        appVersion: device.appVersion,
        onDamage: (id) => this.#showing.rebuild(id),
      }), // prettier-ignore
      onRetry: () => void this.#showing.openAgain(),
      onLeave: tell.leave,
      signal,
    });
    const showing = new Showing({
      accounts, vault, opening, turns: this.#turns, settings, tell, log: host.log, signal,
    }); // prettier-ignore
    const parts = { accounts, keys, vault, opening, showing, tell };
    const locking = new Locking(parts);
    const ask = (input: SignIn) => askToSignIn(input, { env, device, settings, signal });
    this.#signingIn = new SigningIn({ ...parts, ask, host, settings, locking });
    this.#signingOut = new SigningOut({ ...parts, env, host, folders });
    this.#opening = opening;
    this.#showing = showing;
    this.#locking = locking;
  }

  /** Until the keyring has answered, nobody can say who is shown; undefined from then on. */
  get beginning(): Promise<void> | undefined {
    return this.#showing.beginning;
  }

  get locked(): boolean {
    return this.#ports.vault.locked;
  }

  /** The account that is open, even if nothing of it may be shown just now. */
  get open(): OpenAccount | undefined {
    return this.#opening.account;
  }

  start(): Promise<void> {
    return this.#showing.start();
  }

  /** Syncs at once; an account that could not be opened is tried first. */
  now(): Promise<void> {
    return this.#showing.now();
  }

  /** The account whose data is shown, or why there is none. */
  get(): Result<OpenAccount> {
    return this.#showing.get();
  }

  /** Whether a call that means this account may be answered. */
  isShown(accountId: string): boolean {
    return this.#ports.accounts.currentId === accountId;
  }

  async list(): Promise<Result<AccountsHere>> {
    const { accountsHere } = await import('./known-accounts.ts');
    await this.beginning;
    if (this.locked) return fail('locked');
    await this.open?.outbox.ready();
    const { accounts, folders, keys } = this.#ports;
    return ok(accountsHere(accounts, folders, keys, this.open));
  }

  /** Undefined while the keys cannot be read: then nobody can say whose account it is. */
  whyUnknown(): AppError | undefined {
    return this.locked || this.#ports.accounts.current() ? undefined : this.#opening.blocked;
  }

  session(): SessionState {
    const record = this.#ports.accounts.current();
    if (record && !this.locked) return signedInState(record, this.open);
    return { state: this.locked ? 'locked' : 'signed_out', serviceUrl: this.#ports.settings().serviceUrl };
  }

  status(): SyncStatus {
    if (this.open && !this.locked) return this.open.status();
    const { blocked, nextTryAt } = this.#opening;
    return statusOfNobody(this.locked ? { kind: 'locked' } : blocked, nextTryAt);
  }

  signIn(input: SignIn): Promise<Result<SessionState>> {
    return this.#changed(() => this.#signingIn.signIn(input));
  }

  /** Shows another account of this computer. Calls that mean the former one are refused from the first step on. */
  switchTo(id: string): Promise<Result<SessionState>> {
    return this.#changed(() => this.#showing.switchTo(id));
  }

  /** Ends the session and erases what this computer keeps of the account; with `send`, only when that loses no change. */
  signOut(unsent: Unsent): Promise<Result<SessionState>> {
    return this.#changed(() => this.#signingOut.signOut(unsent));
  }

  /** Erases all accounts from this computer, whatever they have that is nowhere else. */
  eraseAll(): Promise<Result<SessionState>> {
    return this.#changed(() => this.#signingOut.eraseAll());
  }

  /**
   * Every key is forgotten and nothing is shown from this moment on, whatever else is under way and may wait for the network; what is open is closed
   * when its turn comes. Nothing is sent until the code was given.
   */
  async lock(): Promise<void> {
    if (this.#locking.lock()) await this.#turns.take(() => this.#locking.close());
  }

  unlock(code: string): Promise<Result<undefined>> {
    return this.#turns.take(() => this.#locking.unlock(code));
  }

  /** Another code, the first one, or none. */
  setCode(code: string | undefined, present: string | undefined): Promise<Result<undefined>> {
    return this.#turns.take(() => this.#locking.setCode(code, present));
  }

  /** What the password of the account that is shown opens here, the new one opens from now on. */
  async passwordChanged(password: string): Promise<void> {
    if (this.open) await this.#ports.keys.passwordChanged(this.open.record.id, password);
  }

  /** Another address in the settings: the account is looked for there from now on. */
  settingsChanged(): Promise<void> {
    return this.#turns.take(() => this.#showing.settingsChanged());
  }

  async close(): Promise<void> {
    this.#ended.abort();
    this.#opening.stopTrying();
    await this.#turns.take(() => this.#opening.close());
  }

  /** Who is shown after work that changes it, in its turn. */
  #changed(work: () => Promise<Result<undefined>>): Promise<Result<SessionState>> {
    return this.#turns.take(async () => {
      const done = await work();
      return done.ok ? ok(this.session()) : done;
    });
  }
}
