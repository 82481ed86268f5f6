import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { LockState } from '#shared/ipc/lock.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type { EngineHost } from '../api.ts';
import type { Env } from '../env.ts';
import { fail, ok } from '../result.ts';
import { deriveKey, KEY_BYTES, type Key } from './derive.ts';
import { keyText, sealKey, textKey, unsealKey, VAULT_PLACE } from './sealed-key.ts';
import { type Cost, newCost, stretch } from './stretch.ts';
import { NO_TRIES, Wait } from './tries.ts';
import type { VaultFile } from './vault-file.ts';
import { readVault, writeVault } from './vault-file.ts';

export interface VaultPorts {
  path: string;
  host: Pick<EngineHost, 'loadSecret' | 'saveSecret' | 'deleteSecret' | 'log'>;
  env: Pick<Env, 'clock' | 'newId' | 'stretchN' | 'beforeWrite'>;
}

/**
 * One key for all accounts of this computer, which opens theirs. It is opened by the keyring, or by the code that stands before the app, or by both
 * together. Where there is no keyring, its part is in the app's memory only, and so the vault lasts as long as the app runs.
 */
export class Vault {
  readonly #ports: VaultPorts;
  #file: VaultFile | undefined;
  #key: Key | undefined;
  #wait: Wait;

  constructor(ports: VaultPorts) {
    this.#ports = ports;
    this.#file = readVault(ports.path, ports.host.log);
    this.#wait = new Wait(ports.env.clock, this.#file?.tries ?? NO_TRIES);
  }

  /** Undefined while it is locked, or when nothing here can open it. */
  get key(): Key | undefined {
    return this.#key;
  }

  get locked(): boolean {
    return this.#file?.code !== undefined && this.#key === undefined;
  }

  /** Whether it can be opened after the app's end without signing in. */
  get lasting(): boolean {
    return this.#key !== undefined && (this.#file?.code !== undefined || this.#file?.durable === true);
  }

  state(): LockState {
    const waitSeconds = this.#file?.code ? this.#wait.seconds : 0;
    return {
      locked: this.locked,
      ...(this.#file?.code && { code: this.#file.code.kind }),
      failures: this.#file?.tries.failures ?? 0,
      ...(waitSeconds > 0 && { waitSeconds }),
      guarded: this.#file?.code?.guarded ?? this.#file?.durable ?? true,
    };
  }

  /** Opens it with the keyring, where that is enough. */
  async unlockByKeyring(): Promise<void> {
    if (this.#key || this.#file?.keyring === undefined) return;
    const part = await this.#part(this.#file.id);
    if (!part) return;
    this.#key = unsealKey(deriveKey('key ring', part), VAULT_PLACE, this.#file.keyring);
    if (!this.#key) this.#ports.host.log('error', 'the keyring does not open the accounts');
  }

  /** The key, of a new vault if this one cannot be opened: accounts that only this one opens have to be signed in again. */
  async ensure(): Promise<Key> {
    await this.unlockByKeyring();
    return this.#key ?? this.#startAnew();
  }

  /** Forgets the key, if a code can bring it back. */
  lock(): void {
    if (!this.#file?.code || !this.#key) return;
    this.#key.fill(0);
    this.#key = undefined;
  }

  /** A wrong code is counted before it is looked at, so that ending the app in between gains nothing. */
  async unlock(typed: string): Promise<Result<undefined>> {
    const { code } = this.#file ?? {};
    if (!code || !this.locked) return ok(undefined);
    const key = await this.#tried(typed);
    if (!key.ok) return key;
    this.#key = key.value;
    return ok(undefined);
  }

  /** Puts a code before the app, another one, or none. The vault must be open. */
  async setCode(typed: string | undefined, present: string | undefined): Promise<Result<undefined>> {
    if (this.#file?.code) {
      const right = await this.#tried(present ?? '');
      if (!right.ok) return right;
    }
    const key = await this.ensure();
    if (typed === undefined) await this.#sealByKeyring(key);
    else await this.#sealByCode(key, typed);
    return ok(undefined);
  }

  /** Nothing of it is left, neither here nor in the keyring. */
  async erase(): Promise<void> {
    const id = this.#file?.id;
    rmSync(this.#ports.path, { force: true });
    this.#key?.fill(0);
    this.#key = undefined;
    this.#file = undefined;
    this.#wait = new Wait(this.#ports.env.clock, NO_TRIES);
    if (id !== undefined) await this.#ports.host.deleteSecret(id);
  }

  async #startAnew(): Promise<Key> {
    await this.erase();
    const key = new Uint8Array(randomBytes(KEY_BYTES));
    await this.#sealByKeyring(key);
    this.#key = key;
    return key;
  }

  /** The key that a code opens. What is not the code is counted and makes the next one wait. */
  async #tried(typed: string): Promise<Result<Key>> {
    const file = this.#file;
    if (!file?.code) return fail('not_found');
    if (this.#wait.seconds > 0) return fail('throttled', { retryAfterSeconds: this.#wait.seconds });
    const part = file.code.guarded ? await this.#part(file.id) : undefined;
    // No code would open it: that is not its author's mistake.
    if (file.code.guarded && !part)
      return fail('no_secret_storage', { detail: 'the keyring does not give its part' });
    const failures = file.tries.failures + 1;
    this.#write({ ...file, tries: { failures, at: this.#ports.env.clock.now() } });
    this.#wait.start(failures);
    const key = unsealKey(await codeKey(typed, file.code.cost, part), VAULT_PLACE, file.code.sealed);
    if (!key) {
      const { seconds } = this.#wait;
      return fail('wrong_code', seconds > 0 ? { retryAfterSeconds: seconds } : {});
    }
    this.#write({ ...file, tries: NO_TRIES });
    this.#wait = new Wait(this.#ports.env.clock, NO_TRIES);
    return ok(key);
  }

  async #sealByKeyring(key: Key): Promise<void> {
    const { id, part, durable } = await this.#newPart();
    const keyring = sealKey(deriveKey('key ring', part), VAULT_PLACE, key);
    await this.#replace({ version: 1, id, durable, keyring, tries: NO_TRIES });
  }

  async #sealByCode(key: Key, typed: string): Promise<void> {
    const cost = newCost(this.#ports.env.stretchN);
    const { id, part, durable } = await this.#newPart();
    const by = await codeKey(typed, cost, durable ? part : undefined);
    const sealed = sealKey(by, VAULT_PLACE, key);
    const kind = /^\d+$/.test(typed) ? 'pin' : 'phrase';
    await this.#replace({
      version: 1,
      id,
      durable,
      code: { kind, cost, guarded: durable, sealed },
      tries: NO_TRIES,
    });
  }

  /** What the keyring kept for the former file is of no use once the new one is on the disk, and not before. */
  async #replace(file: VaultFile): Promise<void> {
    const former = this.#file?.id;
    this.#write(file);
    if (former !== undefined && former !== file.id) await this.#ports.host.deleteSecret(former);
  }

  async #newPart(): Promise<{ id: string; part: Key; durable: boolean }> {
    const id = this.#ports.env.newId();
    const part = new Uint8Array(randomBytes(KEY_BYTES));
    const { durable } = await this.#ports.host.saveSecret(id, keyText(part));
    return { id, part, durable };
  }

  async #part(id: string): Promise<Key | undefined> {
    const text = await this.#ports.host.loadSecret(id);
    return text === undefined ? undefined : textKey(text);
  }

  #write(file: VaultFile): void {
    this.#ports.env.beforeWrite?.('vault: write');
    writeVault(this.#ports.path, file);
    this.#file = file;
  }
}

/** What a code opens: with the keyring's part where there is one, so that a copy of the disk alone cannot be tried. */
async function codeKey(typed: string, cost: Cost, part: Key | undefined): Promise<Key> {
  const stretched = await stretch(typed, cost);
  return part ? deriveKey('guarded code', stretched, part) : deriveKey('code', stretched);
}
