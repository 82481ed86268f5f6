import type { z } from 'zod';
import { Basket } from './basket.ts';
import { Invoice } from './invoice.ts';
import { Notice } from './notice.ts';
import { Order } from './order.ts';
import { Policy } from './policy.ts';
import { Profile } from './profile.ts';
import { SupportMessage } from './support-message.ts';
import { Vehicle } from './vehicle.ts';

/** Everything the change feed carries: entity type to the schema of its value. The id stands beside the value. */
export const entitySchemas = {
  profile: Profile,
  policy: Policy,
  vehicle: Vehicle,
  basket: Basket,
  notice: Notice,
  support_message: SupportMessage,
  order: Order,
  invoice: Invoice,
} as const;

export type EntityType = keyof typeof entitySchemas;
export type EntityValue<T extends EntityType> = z.infer<(typeof entitySchemas)[T]>;

export const entityTypes = Object.keys(entitySchemas) as EntityType[];

export function isEntityType(type: string): type is EntityType {
  return Object.hasOwn(entitySchemas, type);
}
