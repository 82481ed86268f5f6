import { DbError } from '#core/db/errors.ts';

/** The process is gone: whatever still runs of it reaches nothing. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export type DiskFault =
  /** The process dies before the n-th write from now; `snapshot` sees the folder as it is in that moment. */
  | { kind: 'kill'; after: number; snapshot: () => void }
  /** Writes fail, from the n-th from now (of those that match), so many times. */
  | { kind: 'full' | 'io' | 'file'; after: number; times: number; only?: RegExp };

/** Stands before every write of one process (Env.beforeWrite) and lets it fail as told. */
export class FaultyDisk {
  writes = 0;
  dead = false;
  #fault: DiskFault | undefined;
  readonly #stir: () => void;

  constructor(stir: () => void) {
    this.#stir = stir;
  }

  arm(fault: DiskFault | undefined): void {
    this.#fault = fault;
  }

  get armed(): boolean {
    return this.#fault !== undefined;
  }

  readonly beforeWrite = (what: string): void => {
    this.#stir();
    if (this.dead) throw new Killed('killed');
    this.writes += 1;
    const fault = this.#fault;
    // Undoing needs no room, and a disk that does not even take that ends in a kill, which is another fault.
    if (!fault || /^ROLLBACK|truncate$/.test(what)) return;
    if ('only' in fault && fault.only && !fault.only.test(what)) return;
    fault.after -= 1;
    if (fault.after > 0) return;
    if (fault.kind === 'kill') {
      this.dead = true;
      fault.snapshot();
      throw new Killed('killed');
    }
    fault.times -= 1;
    if (fault.times <= 0) this.#fault = undefined;
    throw errorOf(fault.kind, what);
  };
}

function errorOf(kind: 'full' | 'io' | 'file', what: string): Error {
  if (/^(journal|keys|vault|accounts)/.test(what) || kind === 'file') {
    const code = kind === 'full' ? 'ENOSPC' : 'EIO';
    return Object.assign(new Error(`${code}: write`), { code, syscall: 'write', errno: -5 });
  }
  return kind === 'full'
    ? new DbError('full', 'SQLITE_FULL', what)
    : new DbError('file', 'SQLITE_IOERR_WRITE', what);
}
