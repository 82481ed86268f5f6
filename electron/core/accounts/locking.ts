import type { Result } from '#shared/ipc/errors.ts';
import type { AccountKeys } from '../keys/account-keys.ts';
import type { Vault } from '../keys/vault.ts';
import { fail } from '../result.ts';
import type { Accounts } from './account-list.ts';
import type { Opening } from './opening.ts';
import type { Showing } from './showing.ts';
import { announce, type Tell } from './tell.ts';

interface Ports {
  accounts: Accounts;
  keys: AccountKeys;
  vault: Vault;
  opening: Opening;
  showing: Showing;
  tell: Pick<Tell, 'session' | 'topics' | 'status' | 'lock'>;
}

/** The code that stands before all accounts. What is not said to act at once runs in a turn of its caller's. */
export class Locking {
  readonly #ports: Ports;
  #times = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** How often it was locked. */
  get times(): number {
    return this.#times;
  }

  /** At once: every key is forgotten and nothing is shown from this moment on. Answers whether it is locked by that, and was not before. */
  lock(): boolean {
    const { accounts, keys, vault, tell } = this.#ports;
    if (vault.locked) return false;
    vault.lock();
    if (!vault.locked) return false;
    this.#times += 1;
    accounts.conceal();
    keys.forgetAll();
    tell.session();
    tell.lock();
    return true;
  }

  /** Closes what was open when it was locked. */
  async close(): Promise<void> {
    const { vault, opening, showing, tell } = this.#ports;
    // Whoever was quick with the code is shown what they had: it only has to be opened again.
    await opening.close();
    if (!vault.locked) showing.openReadable();
    announce(tell);
  }

  async unlock(code: string): Promise<Result<undefined>> {
    const { vault, opening, showing, tell } = this.#ports;
    const wasLocked = vault.locked;
    const unlocked = await vault.unlock(code);
    tell.lock();
    if (!unlocked.ok || !wasLocked) return unlocked;
    await opening.close();
    showing.openReadable();
    announce(tell);
    void showing.start();
    return unlocked;
  }

  /** Another code, the first one, or none. */
  async setCode(code: string | undefined, present: string | undefined): Promise<Result<undefined>> {
    const { accounts, keys, vault, tell } = this.#ports;
    if (vault.locked) return fail('locked');
    // A code in front of files in clear would protect nothing.
    if (accounts.hasPlain) return fail('not_encrypted');
    const set = await vault.setCode(code, present);
    if (set.ok) keys.sealForVault();
    tell.lock();
    return set;
  }
}
