import { randomBytes } from 'node:crypto';
import type { AccountFolders } from '../accounts/folders.ts';
import type { Env } from '../env.ts';
import { privateFolder } from '../files/atomic.ts';
import type { Log } from '../log.ts';
import { deriveKey, KEY_BYTES, type Key } from './derive.ts';
import type { KeyFile } from './key-file.ts';
import { readKeyFile, writeKeyFile } from './key-file.ts';
import { accountPlace, sealKey, unsealKey } from './sealed-key.ts';
import { newCost, stretch } from './stretch.ts';
import type { Vault } from './vault.ts';

/** What signing in brings along. */
export interface SignedInWith {
  password: string;
  /** 32 bytes in base64url; the same at every sign-in to this account. */
  deviceSecret: string;
}

export interface AccountKeysPorts {
  folders: AccountFolders;
  vault: Vault;
  env: Pick<Env, 'stretchN' | 'beforeWrite'>;
  log: Log;
}

/** The keys of accounts: one each, random, from which follow those of its database, its journal and its files. */
export class AccountKeys {
  readonly #ports: AccountKeysPorts;
  readonly #held = new Map<string, Key>();

  constructor(ports: AccountKeysPorts) {
    this.#ports = ports;
  }

  /** The key of an account that the vault opens, or that was opened otherwise since the app was started. */
  of(id: string): Key | undefined {
    const held = this.#held.get(id);
    if (held) return held;
    const { key: vault } = this.#ports.vault;
    const file = vault && this.#read(id);
    return vault && file?.vault !== undefined
      ? this.#hold(id, unsealKey(vault, accountPlace(id), file.vault))
      : undefined;
  }

  /** Whether there is a key that nothing opens at this moment. */
  isShut(id: string): boolean {
    return this.of(id) === undefined && readKeyFile(this.#ports.folders.of(id)) !== undefined;
  }

  /** The key for whoever has signed in, and from now on every way to it. Where nothing opens what is here, it is set aside whole. */
  async afterSignIn(id: string, { password, deviceSecret }: SignedInWith): Promise<Key> {
    const byService = deriveKey('device secret', new Uint8Array(Buffer.from(deviceSecret, 'base64url')));
    await this.#ports.vault.ensure();
    const key =
      this.of(id) ??
      this.#hold(id, this.#openedByService(id, byService)) ??
      (await this.byPassword(id, password)) ??
      this.#startAnew(id);
    const file: KeyFile = {
      version: 1,
      ...this.#byVault(id, key),
      service: sealKey(byService, accountPlace(id), key),
    };
    this.#write(id, { ...file, ...(await this.#byPassword(id, key, password)) });
    return key;
  }

  /** For whoever has no network to sign in with. */
  async byPassword(id: string, password: string): Promise<Key | undefined> {
    const slot = this.#read(id)?.password;
    if (!slot) return undefined;
    const by = deriveKey('password', await stretch(password, slot.cost));
    return this.#hold(id, unsealKey(by, accountPlace(id), slot.sealed));
  }

  async passwordChanged(id: string, password: string): Promise<void> {
    const key = this.of(id);
    const file = this.#read(id);
    if (!key || !file?.password) return;
    this.#write(id, { ...file, ...(await this.#byPassword(id, key, password)) });
  }

  /** Seals the keys of all accounts that are open for the vault as it is now. */
  sealForVault(): void {
    for (const [id, key] of this.#held) {
      const { password, ...file } = this.#read(id) ?? { version: 1 };
      const keepsPassword = password !== undefined && !this.#ports.vault.lasting;
      this.#write(id, { ...file, ...this.#byVault(id, key), ...(keepsPassword && { password }) });
    }
  }

  forget(id: string): void {
    this.#held.get(id)?.fill(0);
    this.#held.delete(id);
  }

  forgetAll(): void {
    for (const id of this.#held.keys()) this.forget(id);
  }

  #startAnew(id: string): Key {
    const { folders, log } = this.#ports;
    if (readKeyFile(folders.of(id)) !== undefined) {
      log('error', 'nothing opens what is kept of an account; it is set aside');
      folders.setAside(id);
    }
    const key = new Uint8Array(randomBytes(KEY_BYTES));
    this.#held.set(id, key);
    return key;
  }

  #openedByService(id: string, by: Key): Key | undefined {
    const slot = this.#read(id)?.service;
    return slot === undefined ? undefined : unsealKey(by, accountPlace(id), slot);
  }

  #byVault(id: string, key: Key): Pick<KeyFile, 'vault'> {
    const by = this.#ports.vault.key;
    return by ? { vault: sealKey(by, accountPlace(id), key) } : {};
  }

  /** Only where the vault ends with the app: elsewhere a password that was changed somewhere else would still open it. */
  async #byPassword(id: string, key: Key, password: string): Promise<Pick<KeyFile, 'password'>> {
    if (this.#ports.vault.lasting) return {};
    const cost = newCost(this.#ports.env.stretchN);
    const by = deriveKey('password', await stretch(password, cost));
    return { password: { cost, sealed: sealKey(by, accountPlace(id), key) } };
  }

  #hold(id: string, key: Key | undefined): Key | undefined {
    if (key) this.#held.set(id, key);
    return key;
  }

  #read(id: string): KeyFile | undefined {
    const file = readKeyFile(this.#ports.folders.of(id));
    return file === 'damaged' ? undefined : file;
  }

  #write(id: string, file: KeyFile): void {
    this.#ports.env.beforeWrite?.('keys: write');
    writeKeyFile(privateFolder(this.#ports.folders.of(id)), file);
  }
}
