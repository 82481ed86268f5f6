import type { PendingSignUp } from '#shared/ipc/sign-up.ts';
import type { EngineHost } from '../api.ts';
import type { Env } from '../env.ts';
import { parsed } from '../keys/vault-file.ts';

/** Where the keyring keeps it; no account has this id. */
const SLOT = '00000000-0000-7000-8000-000000000001';
/** An activation mail is good for a day and can be sent again; after a week nobody comes back to it. */
const KEPT_MS = 7 * 86_400_000;

interface Ports {
  host: Pick<EngineHost, 'loadSecret' | 'saveSecret' | 'deleteSecret' | 'log'>;
  clock: Env['clock'];
}

/**
 * The sign-up that waits for its mail. It names a person, so nothing but the keyring keeps it over a restart; without one it is in the app's memory
 * only. It never has the password, and goes with the activation.
 */
export class PendingSignUps {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async load(): Promise<PendingSignUp | undefined> {
    const text = await this.#ports.host.loadSecret(SLOT);
    if (text === undefined || text === '') return undefined;
    const { PendingSignUp } = await import('#shared/ipc/sign-up.ts');
    const pending = PendingSignUp.safeParse(parsed(text));
    if (!pending.success) {
      this.#ports.host.log('warn', 'the sign-up that was kept cannot be read');
      await this.clear();
      return undefined;
    }
    if (this.#ports.clock.now() - Date.parse(pending.data.againAt) > KEPT_MS) {
      await this.clear();
      return undefined;
    }
    return pending.data;
  }

  async save(pending: PendingSignUp): Promise<void> {
    await this.#ports.host.saveSecret(SLOT, JSON.stringify(pending));
  }

  async clear(): Promise<void> {
    await this.#ports.host.deleteSecret(SLOT);
  }
}
