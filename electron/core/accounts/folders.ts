import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from '../files/atomic.ts';

const ERASED = 'erased-';
const LOST = 'lost-';

/** The folders of accounts, one each, under one roof. */
export class AccountFolders {
  readonly #roof: string;

  constructor(roof: string) {
    this.#roof = privateFolder(roof);
    this.#sweep();
  }

  of(accountId: string): string {
    return join(this.#roof, accountId);
  }

  /** Takes the folder out of sight in one step, then deletes it; what a crash leaves of it goes at the next start. */
  erase(accountId: string): void {
    const path = this.of(accountId);
    if (!existsSync(path)) return;
    const aside = join(this.#roof, `${ERASED}${accountId}`);
    rmSync(aside, { recursive: true, force: true });
    renameSync(path, aside);
    rmSync(aside, { recursive: true, force: true });
  }

  /** Puts the folder of an account aside whole, for good: nothing here can open it, and something may be in it that is nowhere else. */
  setAside(accountId: string): void {
    let number = 1;
    while (existsSync(join(this.#roof, `${LOST}${number}-${accountId}`))) number += 1;
    renameSync(this.of(accountId), join(this.#roof, `${LOST}${number}-${accountId}`));
  }

  /** Deletes everything in the folder but these files. */
  eraseBut(accountId: string, names: readonly string[]): void {
    const path = this.of(accountId);
    if (!existsSync(path)) return;
    // Backwards, so that the log of a database goes before the database: left alone it would be replayed into the next one.
    for (const other of readdirSync(path).sort().reverse())
      if (!names.includes(other)) rmSync(join(path, other), { recursive: true, force: true });
  }

  /** The accounts that have a folder here, signed in or not. */
  ids(): string[] {
    return readdirSync(this.#roof).filter((name) => !name.startsWith(ERASED) && !name.startsWith(LOST));
  }

  /** Everything, what was set aside as well. */
  eraseAll(): void {
    for (const id of this.ids()) this.erase(id);
    for (const name of readdirSync(this.#roof))
      rmSync(join(this.#roof, name), { recursive: true, force: true });
  }

  #sweep(): void {
    for (const name of readdirSync(this.#roof)) {
      if (name.startsWith(ERASED)) rmSync(join(this.#roof, name), { recursive: true, force: true });
    }
  }
}
