import { foldCompact } from '#shared/domain/fold.ts';
import type { VehicleRow } from '#shared/ipc/vehicles.ts';
import { call } from '#lib/api.ts';

/** As many as one look may bring: plates that hold another one are few. */
const LOOKED_AT = 20;

/** Another vehicle, in use or retired, that has the plate being typed. A plate is sold on: that is no fault, but worth knowing. */
export class PlateTwin {
  found = $state.raw<VehicleRow>();
  #looked = '';

  /** `except`: the vehicle whose plate is being changed. Looking for the same again asks nothing. */
  async look(plate: string, except?: string): Promise<void> {
    const wanted = foldCompact(plate);
    if (wanted === this.#looked) return;
    this.#looked = wanted;
    // Asked for while a screen is worked out: nothing on it may change before that has ended.
    await Promise.resolve();
    const found = wanted.length < 2 ? undefined : await search(plate.trim(), wanted, except);
    if (wanted === this.#looked) this.found = found;
  }
}

async function search(
  text: string,
  wanted: string,
  except: string | undefined,
): Promise<VehicleRow | undefined> {
  const filters = [{ text }, { text, retired: true }];
  const pages = await Promise.all(
    filters.map((filter) => call('vehicles.page', { filter, offset: 0, limit: LOOKED_AT })),
  );
  return pages
    .flatMap((page) => (page.ok ? page.value : []))
    .find((row) => row.id !== except && foldCompact(row.plate) === wanted);
}
