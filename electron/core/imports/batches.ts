import type { MutationArgs, MutationCall } from '#shared/mutations/all.ts';
import type { ImportRow } from '#shared/ipc/vehicles.ts';
import type { Wanted } from './wanted.ts';

type Added = MutationArgs<'vehicle.addMany'>['vehicles'][number];
type Changed = MutationArgs<'vehicle.changeMany'>['vehicles'][number];
type Item = { kind: 'add'; item: Added } | { kind: 'change'; item: Changed };

/** As many as one change takes. */
const MOST = 100;
/** Well below what one request to the service may carry, whatever its notes hold. */
const MOST_BYTES = 96 * 1024;

export function addedBy({ kilometres, mileageOn, ...fields }: Wanted, id: string, today: string): Added {
  const { plate = '', make = '', model = '', ...others } = fields;
  const mileages = kilometres === undefined ? {} : { mileages: [{ on: mileageOn ?? today, kilometres }] };
  return { id, vehicle: { plate, make, model, ...others, ...mileages } };
}

export function changedBy(wanted: Wanted, changes: ImportRow['changes'], id: string, today: string): Changed {
  const fields: Changed['fields'] = {};
  let mileage: Changed['mileage'];
  for (const { column } of changes) {
    if (column === 'mileageOn') continue;
    if (column !== 'mileage') fields[column] = wanted[column];
    else if (wanted.kilometres !== undefined)
      mileage = { on: wanted.mileageOn ?? today, kilometres: wanted.kilometres };
  }
  return { id, fields, ...(mileage && { mileage }) };
}

/** Gathers rows of one kind up to what a single change may hold. */
export class Batch {
  readonly kind: Item['kind'];
  #items: (Added | Changed)[] = [];
  #bytes = 0;

  constructor(kind: Item['kind']) {
    this.kind = kind;
  }

  /** Answers whether it is full now. */
  add(item: Added | Changed): boolean {
    this.#items.push(item);
    this.#bytes += Buffer.byteLength(JSON.stringify(item));
    return this.#items.length >= MOST || this.#bytes >= MOST_BYTES;
  }

  take(): (Added | Changed)[] {
    const items = this.#items;
    this.#items = [];
    this.#bytes = 0;
    return items;
  }
}

export function callOf(kind: Item['kind'], items: readonly (Added | Changed)[]): MutationCall {
  return kind === 'add'
    ? { name: 'vehicle.addMany', args: { vehicles: items as Added[] } }
    : { name: 'vehicle.changeMany', args: { vehicles: items as Changed[] } };
}
