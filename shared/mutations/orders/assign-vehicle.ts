import { z } from 'zod';
import type { Order } from '../../domain/order.ts';
import { Uuid } from '../../domain/ids.ts';
import { fieldConflict, withField } from '../field.ts';
import { mutator, refuse, writes } from '../mutator.ts';

/** What the vehicle is set on: the order, or one of its lines. */
const holder = (order: Order | undefined, lineId: Uuid | undefined) =>
  lineId === undefined ? order : order?.lines.find(({ id }) => id === lineId);

export const assignOrderVehicle = mutator({
  name: 'order.assignVehicle',
  args: z.strictObject({ orderId: Uuid, lineId: Uuid.optional(), vehicleId: Uuid.nullable() }),
  base: Uuid.nullable(),
  reads: ({ orderId, vehicleId }) => [
    { type: 'order', id: orderId },
    ...(vehicleId === null ? [] : [{ type: 'vehicle' as const, id: vehicleId }]),
  ],
  subject: ({ orderId }) => ({ type: 'order', id: orderId }),
  marks: ({ lineId }) => [lineId === undefined ? 'vehicleId' : `line:${lineId}`],
  seen: (read, { orderId, lineId }) => {
    const held = holder(read('order', orderId), lineId);
    return held && (held.vehicleId ?? null);
  },
  run: (read, { orderId, lineId, vehicleId }, context) => {
    const order = read('order', orderId);
    if (!order) return refuse('not_found');
    const held = holder(order, lineId);
    if (!held) return refuse('not_found', { field: 'lineId' });
    if (vehicleId !== null && !read('vehicle', vehicleId)) return refuse('not_found', { field: 'vehicleId' });
    const present = held.vehicleId ?? null;
    const conflict = fieldConflict(context, present, vehicleId);
    if (conflict) return conflict;
    if (present === vehicleId) return writes();
    const value =
      lineId === undefined
        ? withField(order, 'vehicleId', vehicleId)
        : {
            ...order,
            lines: order.lines.map((line) =>
              line.id === lineId ? withField(line, 'vehicleId', vehicleId) : line,
            ),
          };
    return writes({ op: 'put', type: 'order', id: orderId, value });
  },
  inverse: (read, { orderId, lineId, vehicleId: base }) => {
    const held = holder(read('order', orderId), lineId);
    return (
      held && {
        name: 'order.assignVehicle',
        args: {
          orderId,
          ...(lineId === undefined ? {} : { lineId }),
          vehicleId: held.vehicleId ?? null,
        },
        base,
      }
    );
  },
});
