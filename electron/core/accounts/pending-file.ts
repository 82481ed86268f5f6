import { readFileSync, rmSync } from 'node:fs';
import type { PendingSignUp } from '#shared/ipc/sign-up.ts';
import type { EngineHost } from '../api.ts';
import type { Env } from '../env.ts';
import { writeAtomically } from '../files/atomic.ts';

/** Where the keyring keeps it; no account has this id. */
const SLOT = '00000000-0000-7000-8000-000000000001';
/** An activation mail is good for a day and can be sent again; after a week nobody comes back to it. */
const KEPT_MS = 7 * 86_400_000;

interface Ports {
  path: string;
  host: Pick<EngineHost, 'loadSecret' | 'saveSecret' | 'deleteSecret' | 'log'>;
  clock: Env['clock'];
}

/**
 * The sign-up that waits for its mail, over a restart. It names a person, so the keyring keeps it where there is one; without one it is a file
 * for its owner's eyes only. It never has the password, and goes with the activation.
 */
export class PendingFile {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async load(): Promise<PendingSignUp | undefined> {
    const text = this.#readFile() ?? (await this.#ports.host.loadSecret(SLOT));
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
    const text = JSON.stringify(pending);
    const { durable } = await this.#ports.host.saveSecret(SLOT, text);
    if (durable) rmSync(this.#ports.path, { force: true });
    else writeAtomically(this.#ports.path, text);
  }

  async clear(): Promise<void> {
    rmSync(this.#ports.path, { force: true });
    await this.#ports.host.deleteSecret(SLOT);
  }

  #readFile(): string | undefined {
    try {
      return readFileSync(this.#ports.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
