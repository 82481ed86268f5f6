import { m } from '#shared/i18n/generated/messages.js';
import type { MutationCall } from '#shared/ipc/changes.ts';
import type { OrderDetail } from '#shared/ipc/orders.ts';
import { change, changeAll, type ChangeOutcome } from '#lib/changes.svelte.ts';
import * as format from '#lib/format.ts';

/** Orders of one go: each is a change of its own, to be kept and sent. */
export const MOST_ASSIGNED = 500;

/** What is said of the vehicle afterwards; undefined for none. */
type Chosen = { id: string; plate: string } | undefined;

export function assignOrder({ id, row }: OrderDetail, vehicle: Chosen): Promise<ChangeOutcome> {
  const number = format.orderNumber(row.number);
  return change(
    {
      name: 'order.assignVehicle',
      args: { orderId: id, vehicleId: vehicle?.id ?? null },
      base: row.vehicle?.id ?? null,
    },
    {
      done: vehicle
        ? m.changes_assigned_order({ number, plate: vehicle.plate })
        : m.changes_assigned_order_none({ number }),
    },
  );
}

type Line = OrderDetail['lines'][number]['line'];

export function assignLine(orderId: string, line: Line, vehicle: Chosen): Promise<ChangeOutcome> {
  return change(
    {
      name: 'order.assignVehicle',
      args: { orderId, lineId: line.id, vehicleId: vehicle?.id ?? null },
      base: line.vehicleId ?? null,
    },
    {
      done: vehicle ? m.changes_assigned_line({ plate: vehicle.plate }) : m.changes_assigned_line_none(),
    },
  );
}

/** Several orders at once, as one thing to undo; answers how many could be assigned. */
export function assignOrders(
  ids: readonly string[],
  vehicle: Chosen,
  onprogress: (made: number) => void,
): Promise<number> {
  const requests = ids.map((orderId): MutationCall => ({
    name: 'order.assignVehicle',
    args: { orderId, vehicleId: vehicle?.id ?? null },
  }));
  return changeAll(requests, {
    done: (count) =>
      vehicle
        ? m.changes_assigned_many({ count, plate: vehicle.plate })
        : m.changes_assigned_many_none({ count }),
    onprogress,
  });
}
