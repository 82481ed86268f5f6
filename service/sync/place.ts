import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { Uuid } from '#shared/domain/ids.ts';

/** Above any moment until the year 2286; what is subtracted from it sorts newest first as text. */
const FAR = 9_999_999_999_999;

/** Moments come from devices as well, whose clocks may say anything: what is out of range stands at its end. */
const newestFirst = (moment: string) =>
  String(FAR - Math.min(FAR, Math.max(0, Date.parse(moment)))).padStart(13, '0');

/** Orders and invoices have the places between these two. */
export const ORDERS_FROM = '3';
export const ORDERS_TO = '4';

/**
 * Where an entity stands in a snapshot, as text that sorts: profile, policies, vehicles, baskets, notices, messages, then orders and
 * invoices together, newest first, so that the first page already fills the screens. Unique within an account. Letters after f come
 * after every id: what stands between vehicles and orders came later, and older databases keep the places they hold.
 */
export function placeOf<T extends EntityType>(type: T, id: Uuid, value: EntityValue<T>): string;
export function placeOf(type: EntityType, id: Uuid, value: EntityValue<EntityType>): string {
  switch (type) {
    case 'profile':
      return `0${id}`;
    case 'policy':
      return `1${id}`;
    case 'vehicle':
      return `2${id}`;
    case 'basket':
      return `2p${newestFirst((value as EntityValue<'basket'>).changedAt)}${id}`;
    case 'notice':
      return `2q${newestFirst((value as EntityValue<'notice'>).at)}${id}`;
    case 'support_message':
      return `2r${newestFirst((value as EntityValue<'support_message'>).writtenAt)}${id}`;
    case 'order':
      return `${ORDERS_FROM}${newestFirst((value as EntityValue<'order'>).placedAt)}o${id}`;
    case 'invoice':
      return `${ORDERS_FROM}${newestFirst(`${(value as EntityValue<'invoice'>).issuedOn}T00:00:00.000Z`)}i${id}`;
  }
}
