import type { EntityType, EntityValue } from '#shared/domain/entities.ts';

const DELETED_BASKET_DAYS = 30;
const NOTICE_DAYS = 180;

/**
 * After how many days the service deletes an entity by itself; undefined for what stays. Counted from when the service first saw
 * it like that: a device's clock may be years off.
 */
export function daysToLive(type: EntityType, value: EntityValue<EntityType>): number | undefined {
  if (type === 'notice') return NOTICE_DAYS;
  if (type === 'basket' && (value as EntityValue<'basket'>).deletedAt !== undefined)
    return DELETED_BASKET_DAYS;
  return undefined;
}
