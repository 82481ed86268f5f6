import type { AppError, Result } from '#shared/ipc/errors.ts';
import type { SignIn } from '#shared/ipc/session.ts';
import type { Tokens } from '#shared/protocol/sessions.ts';
import type { EngineHost, EngineSettings } from '../api.ts';
import { describeError } from '../describe-error.ts';
import type { AccountKeys } from '../keys/account-keys.ts';
import type { Vault } from '../keys/vault.ts';
import { fail, ok } from '../result.ts';
import type { Accounts } from './account-list.ts';
import type { AccountRecord } from './account-record.ts';
import type { Locking } from './locking.ts';
import type { Opening } from './opening.ts';
import type { Showing } from './showing.ts';
import { type Answered, openedByPassword, recordOf } from './sign-in.ts';
import { announce, type Tell } from './tell.ts';

interface Ports {
  /** Asks the service for a session. */
  ask: (input: SignIn) => Promise<Result<Answered>>;
  host: Pick<EngineHost, 'saveSecret' | 'log'>;
  settings: () => EngineSettings;
  accounts: Accounts;
  keys: AccountKeys;
  vault: Pick<Vault, 'locked'>;
  locking: Pick<Locking, 'times'>;
  opening: Opening;
  showing: Showing;
  tell: Pick<Tell, 'session' | 'topics' | 'status' | 'lock'>;
}

/** Signs in with the service, or with the password alone where that opens something here. Runs in a turn of its caller's. */
export class SigningIn {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async signIn(input: SignIn): Promise<Result<undefined>> {
    const { ask, accounts, keys, vault, locking, opening, showing, settings, tell } = this.#ports;
    const [locks, wasLocked] = [locking.times, vault.locked];
    const asked = await ask(input);
    if (!asked.ok) return (await this.#openWithPassword(input, asked.error)) ?? asked;
    // Locked while the service was asked: only whoever has seen the lock means to get around it.
    if (locks !== locking.times) return fail('locked');
    const { account: who, deviceSecret, ...tokens } = asked.value.answer;
    await keys.afterSignIn(who.id, { password: input.password, deviceSecret });
    accounts.reveal();
    if (wasLocked) tell.lock();
    const record = recordOf(asked.value, input, accounts.byId(who.id), settings().serviceUrl);
    const isAnother = accounts.current() !== undefined && accounts.currentId !== record.id;
    // Noted first: from here on, calls that mean the account that was shown are refused.
    accounts.save(record);
    await opening.close();
    if (isAnother) tell.session();
    opening.open(record);
    const opened = showing.get();
    if (!opened.ok) {
      const remembered = await this.#keepForLater(record, tokens);
      accounts.save({ ...record, remembered });
      announce(tell);
      return opened;
    }
    await opened.value.session.take(tokens);
    accounts.save({ ...record, remembered: opened.value.session.durable });
    announce(tell);
    opened.value.sync.begin();
    return ok(undefined);
  }

  /** Undefined when the password opens nothing here. */
  async #openWithPassword(input: SignIn, { kind }: AppError): Promise<Result<undefined> | undefined> {
    const { accounts, keys, vault, showing } = this.#ports;
    if (vault.locked || (kind !== 'offline' && kind !== 'service_unavailable')) return undefined;
    const id = await openedByPassword(input, accounts, keys);
    if (id === undefined) return undefined;
    await showing.change(id);
    return ok(undefined);
  }

  /** Somebody has signed in to an account that cannot be opened: the session waits for the moment when it can. */
  async #keepForLater({ id, stay }: AccountRecord, { refreshToken }: Tokens): Promise<boolean> {
    const { host } = this.#ports;
    try {
      const lasting = stay !== false;
      return (await host.saveSecret(id, refreshToken, { lasting })).durable;
    } catch (error) {
      host.log('warn', 'the session could not be kept', describeError(error));
      return false;
    }
  }
}
