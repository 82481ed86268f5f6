import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Output } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type { ImportPreview, ImportRow } from '#shared/ipc/vehicles.ts';
import { Slices } from '../db/slices.ts';
import type { Store } from '../db/store.ts';
import type { Env } from '../env.ts';
import type { MakeChange } from '../make-change.ts';
import { parisDay } from '../queries/rights.ts';
import { fail, ok } from '../result.ts';
import type { ApplyPorts } from './apply.ts';
import { applyRows } from './apply.ts';
import { UnreadableFile } from './file-error.ts';
import { presentVehicles } from './present-vehicles.ts';
import type { PreviewRow } from './preview.ts';
import { previewOf } from './preview.ts';

const MOST_BYTES = 50 * 1024 * 1024;
/** A preview that nobody has used for so long is of another day. */
const KEPT_MS = 30 * 60_000;

interface Kept {
  importId: string;
  today: string;
  rows: PreviewRow[];
  forget: () => void;
}

/** Files of vehicles for one account: the newest preview, kept in memory until it is applied. */
export class VehicleImports {
  readonly #store: Store;
  readonly #env: Env;
  #kept: Kept | undefined;

  constructor(store: Store, env: Env) {
    this.#store = store;
    this.#env = env;
  }

  /** What importing the file would do; changes nothing. */
  async preview(path: string): Promise<Result<ImportPreview>> {
    this.#drop();
    const { size } = await stat(path);
    if (size > MOST_BYTES)
      return fail('unreadable_file', { reason: 'too_large', detail: 'larger than 50 MB' });
    const slices = this.#slices();
    const today = parisDay(new Date(this.#env.clock.now()).toISOString());
    try {
      const vehicles = await presentVehicles(this.#store.reader, slices);
      const { rows, ...preview } = await previewOf(await readFile(path), vehicles, today, slices);
      const importId = this.#env.newId();
      this.#keep({ importId, today, rows });
      return ok({ importId, fileName: basename(path), ...preview });
    } catch (error) {
      if (error instanceof UnreadableFile) {
        const { reason, message: detail } = error;
        return fail('unreadable_file', { ...(reason && { reason }), detail });
      }
      throw error;
    }
  }

  /** Undefined when that preview is gone. */
  rows(
    importId: string,
    verdict: ImportRow['verdict'] | undefined,
    offset: number,
    limit: number,
  ): ImportRow[] | undefined {
    const kept = this.#of(importId);
    const shown = kept?.rows.flatMap((row) =>
      verdict === undefined || row.shown.verdict === verdict ? row.shown : [],
    );
    return shown?.slice(offset, offset + limit);
  }

  /** Makes the changes of a preview, which is used up by that. */
  async apply(
    importId: string,
    make: MakeChange,
    job: ApplyPorts['job'],
  ): Promise<Result<Output<'vehicles.importApply'>>> {
    const kept = this.#of(importId);
    if (!kept) return fail('not_found');
    this.#drop();
    const slices = this.#slices();
    const vehicles = await presentVehicles(this.#store.reader, slices);
    return applyRows(kept.rows, {
      vehicles,
      make,
      newId: this.#env.newId,
      today: kept.today,
      slices,
      checkpoint: () => this.#store.checkpoint(),
      job,
    });
  }

  #of(importId: string): Kept | undefined {
    return this.#kept?.importId === importId ? this.#kept : undefined;
  }

  #keep(preview: Omit<Kept, 'forget'>): void {
    this.#drop();
    const kept = { ...preview, forget: this.#env.clock.after(KEPT_MS, () => this.#drop()) };
    this.#kept = kept;
  }

  #drop(): void {
    this.#kept?.forget();
    this.#kept = undefined;
  }

  /** Ends with the account: its database is closed then. */
  #slices(): Slices {
    return new Slices(() => !this.#store.reader.raw.open);
  }
}
