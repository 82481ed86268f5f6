import { readdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { BeforeWrite } from '../db/connection.ts';
import { unlessMissing } from '../files/errors.ts';
import { asidePath, isFormer, keptPath, type InvoiceFolder } from './folder.ts';
import type { Found } from './verify.ts';

/** The files in the folder of invoices: read and verified, and sealed if a version that did not seal has left them in clear. */
export class KeptFiles {
  readonly #folder: InvoiceFolder;
  /** The hash of a file that is known to be here. */
  readonly #hashOf: (id: string) => string | undefined;
  readonly #before: BeforeWrite | undefined;
  /** Whether anything was there in clear that is to be sealed; nothing is written in clear from then on. */
  readonly #former: boolean;
  readonly #sealing = new Map<string, Promise<'altered' | undefined>>();

  constructor(
    folder: InvoiceFolder,
    hashOf: (id: string) => string | undefined,
    before: BeforeWrite | undefined,
  ) {
    this.#folder = folder;
    this.#hashOf = hashOf;
    this.#before = before;
    this.#former = folder.key !== undefined && readdirSync(folder.path).some(isFormer);
  }

  /** The bytes of a file when they still have this hash. One that was altered is set aside. */
  async read(id: string, sha256: string): Promise<Found> {
    const folder = this.#folder;
    const former = await this.sealFormer(id);
    const { readPlain, readSealed } = await import('./verify.ts');
    const path = keptPath(folder, id);
    const found = folder.key
      ? await readSealed(path, { key: folder.key, id }, sha256)
      : await readPlain(path, sha256);
    // Whoever reads it at the same time may have set it aside already.
    if (found.state === 'altered') await unlessMissing(rename(path, asidePath(folder, id)));
    return found.state === 'missing' && former ? { state: former } : found;
  }

  /** Seals what is there of an invoice in clear; whoever else asks meanwhile waits for the same. */
  sealFormer(id: string): Promise<'altered' | undefined> {
    if (!this.#former) return Promise.resolve(undefined);
    const under = this.#sealing.get(id);
    if (under) return under;
    const work = this.#sealFormer(id).finally(() => this.#sealing.delete(id));
    this.#sealing.set(id, work);
    return work;
  }

  /** Whether anything is there in clear that is to be sealed: nearly always nothing is, and then opening an account starts no work. */
  hasFormer(): boolean {
    return this.#former;
  }

  /** The invoices of which something is there in clear and is to be sealed. */
  async formerIds(): Promise<string[]> {
    const { path, key } = this.#folder;
    if (!key) return [];
    const { dropFormerParts, formerIds } = await import('./seal-former.ts');
    await dropFormerParts({ path, key });
    return formerIds({ path, key });
  }

  async #sealFormer(id: string): Promise<'altered' | undefined> {
    const { path, key } = this.#folder;
    if (!key) return undefined;
    const { sealFormer } = await import('./seal-former.ts');
    return sealFormer({ path, key }, id, this.#hashOf(id), this.#before);
  }
}
