import { CHANGE, INSTEAD } from '#core/db/codes.ts';
import type { EntityType } from '#shared/domain/entities.ts';
import type { ChangeState } from './engine-tables.ts';
import type { Replica } from './replica.ts';
import { demand } from './violation.ts';

interface Wish {
  type: EntityType;
  id: string;
  field: string;
  value: unknown;
}

/** The one field that a change sets, worked out without the mutators: a mutator that is wrong must not judge itself. */
function wishOf({ name, args }: ChangeState, accountId: string): Wish | undefined {
  const { id, orderId, field, value, note, name: word } = JSON.parse(args) as Record<string, string | null>;
  switch (name) {
    case 'profile.setField':
      return { type: 'profile', id: accountId, field: String(field), value };
    case 'vehicle.setField':
      return { type: 'vehicle', id: String(id), field: String(field), value };
    case 'order.setNote':
      return { type: 'order', id: String(orderId), field: 'note', value: note };
    case 'basket.rename':
      return { type: 'basket', id: String(id), field: 'name', value: word };
    default:
      return undefined;
  }
}

/** Invariant 4 once more: a field that a person has set and that waits is shown as they set it, whatever others did to it. */
export function checkOwnFields(replica: Replica, rows: readonly ChangeState[]): void {
  const wishes = new Map<string, Wish>();
  for (const row of rows) {
    if (row.state > CHANGE.attempted || row.instead !== INSTEAD.itself) continue;
    const wish = wishOf(row, replica.account.id);
    if (wish) wishes.set(`${wish.type} ${wish.id} ${wish.field}`, wish);
  }
  for (const { type, id, field, value } of wishes.values()) {
    const shown = replica.tables.shown(type, id);
    if (shown === undefined) continue;
    const here = (JSON.parse(shown) as Record<string, unknown>)[field] ?? null;
    demand(
      here === value,
      4,
      () =>
        `${replica.name} shows ${JSON.stringify(here)} as ${field} of ${type} ${id}, set to ${JSON.stringify(value)}`,
    );
  }
}
