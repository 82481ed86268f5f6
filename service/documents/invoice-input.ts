import type { Uuid } from '#shared/domain/ids.ts';
import type { Invoice } from '#shared/domain/invoice.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { Store } from '../store/open.ts';
import type { Db, Trx } from '../store/schema.ts';
import { readEntity } from '../sync/read-entity.ts';

/** All that an invoice tells, and nothing that it does not: it outlives the account (see accounts/retained-invoices.ts). */
export interface InvoicePdfInput {
  invoice: Invoice & { id: Uuid };
  order: Omit<Order, 'note'> & { id: Uuid };
  profile: Pick<Profile, 'kind' | 'company'>;
  vehicle?: Pick<Vehicle, 'make' | 'model' | 'engine' | 'plate'>;
}

/** Throws when the account lacks what an invoice is about: the feed never takes that away. */
export async function gatherInput(
  store: Store,
  runner: Db | Trx,
  accountKey: number,
  invoiceId: Uuid,
  invoice: Invoice,
): Promise<InvoicePdfInput> {
  const order = await readEntity(store, runner, accountKey, 'order', invoice.orderId);
  if (!order) throw new Error('An invoice without its order.');
  const { note: _note, ...sold } = order;
  const { kind, company } = await readProfile(store, runner, accountKey);
  const vehicle =
    order.vehicleId && (await readEntity(store, runner, accountKey, 'vehicle', order.vehicleId));
  return {
    invoice: { ...invoice, id: invoiceId },
    order: { ...sold, id: invoice.orderId },
    profile: { kind, ...(company ? { company } : {}) },
    ...(vehicle ? { vehicle: nameOf(vehicle) } : {}),
  };
}

const nameOf = ({ make, model, engine, plate }: Vehicle) => ({
  make,
  model,
  plate,
  ...(engine === undefined ? {} : { engine }),
});

async function readProfile(store: Store, runner: Db | Trx, accountKey: number): Promise<Profile> {
  const row = await runner
    .selectFrom('entities')
    .select('id')
    .where('account_key', '=', accountKey)
    .where('type', '=', 'profile')
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  const profile = row && (await readEntity(store, runner, accountKey, 'profile', row.id));
  if (!profile) throw new Error('An account without a profile.');
  return profile;
}
