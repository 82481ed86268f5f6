import { join } from 'node:path';
import type { OnlyHere, Unsent } from '#shared/ipc/accounts.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type { EngineHost } from '../api.ts';
import type { Env } from '../env.ts';
import type { AccountKeys } from '../keys/account-keys.ts';
import { deriveKey } from '../keys/derive.ts';
import { KEY_FILES } from '../keys/key-file.ts';
import type { Vault } from '../keys/vault.ts';
import { fail, ok } from '../result.ts';
import type { Accounts } from './account-list.ts';
import type { AccountFolders } from './folders.ts';
import { JOURNAL } from './names.ts';
import type { Opening } from './opening.ts';
import type { Showing } from './showing.ts';
import { announce, type Tell } from './tell.ts';

interface Ports {
  env: Env;
  host: EngineHost;
  accounts: Accounts;
  folders: AccountFolders;
  keys: AccountKeys;
  vault: Vault;
  opening: Opening;
  showing: Showing;
  tell: Pick<Tell, 'session' | 'topics' | 'status' | 'lock'>;
}

const NOTHING: OnlyHere = { waiting: 0, refused: 0 };

/** Ends sessions, and erases what this computer keeps of accounts. Runs in a turn of its caller's. */
export class SigningOut {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /**
   * Ends the session at the service if it can be reached, and erases what this computer keeps of the account; the next one is shown. With
   * `send` nothing is done while changes still wait after a try to send them, or were refused and not decided about.
   */
  async signOut(unsent: Unsent): Promise<Result<undefined>> {
    const { accounts, folders, host, keys, vault, opening, showing, tell } = this.#ports;
    if (vault.locked) return fail('locked');
    const record = accounts.current();
    if (!record) return ok(undefined);
    // What stood in the way of opening it may be gone: then what waits can be sent.
    if (opening.blocked) {
      opening.open(record);
      announce(tell);
    }
    const { waiting, refused } = unsent === 'send' ? await this.#sendOrCount(record.id) : NOTHING;
    if (waiting > 0 || refused > 0)
      return fail('changes_waiting', {
        ...(waiting > 0 && { count: waiting }),
        ...(refused > 0 && { refused }),
      });
    // What the database alone remembers goes to the journal, which is what is kept.
    if (unsent === 'keep') await opening.account?.outbox.ready();
    await opening.account?.session.revoke();
    await opening.close();
    if (unsent === 'keep') folders.eraseBut(record.id, [JOURNAL, ...KEY_FILES]);
    else folders.erase(record.id);
    keys.forget(record.id);
    await host.deleteSecret(record.id);
    accounts.remove(record.id);
    // Nothing is left that it opens.
    if (folders.ids().length === 0 && !vault.state().code) await vault.erase();
    showing.showCurrent();
    return ok(undefined);
  }

  /** Erases all accounts from this computer, whatever they have that is nowhere else. */
  async eraseAll(): Promise<Result<undefined>> {
    const { accounts, folders, host, keys, vault, opening, tell } = this.#ports;
    if (vault.locked) return fail('locked');
    const { endSessions } = await import('./account-session.ts');
    await endSessions(accounts.all(), opening.account, this.#ports);
    await opening.close();
    folders.eraseAll();
    for (const id of accounts.ids()) await host.deleteSecret(id);
    accounts.removeAll();
    keys.forgetAll();
    await vault.erase();
    tell.lock();
    announce(tell);
    return ok(undefined);
  }

  /** The changes of which this computer alone knows, after a try to send what waits. */
  async #sendOrCount(accountId: string): Promise<OnlyHere> {
    const { account } = this.#ports.opening;
    if (!account) {
      const { countInJournal } = await import('../outbox/count-in-journal.ts');
      const { folders, keys } = this.#ports;
      const key = keys.of(accountId);
      return countInJournal(join(folders.of(accountId), JOURNAL), key && deriveKey('journal', key));
    }
    const { outbox, sync } = account;
    await outbox.ready();
    if (outbox.waitingCount() > 0) await sync.now();
    return { waiting: outbox.waitingCount(), refused: outbox.refusedCount() };
  }
}
