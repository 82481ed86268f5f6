import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { noteOf } from '../../domain/text.ts';
import { fieldConflict, withField } from '../field.ts';
import { mutator, refuse, writes } from '../mutator.ts';

export const setOrderNote = mutator({
  name: 'order.setNote',
  args: z.strictObject({ orderId: Uuid, note: noteOf(4000).nullable() }),
  base: z.string().max(4000).nullable(),
  reads: ({ orderId }) => [{ type: 'order', id: orderId }],
  subject: ({ orderId }) => ({ type: 'order', id: orderId }),
  marks: () => ['note'],
  seen: (read, { orderId }) => {
    const order = read('order', orderId);
    return order && (order.note ?? null);
  },
  run: (read, { orderId, note }, context) => {
    const order = read('order', orderId);
    if (!order) return refuse('not_found');
    const present = order.note ?? null;
    return (
      fieldConflict(context, present, note) ??
      (present === note
        ? writes()
        : writes({ op: 'put', type: 'order', id: orderId, value: withField(order, 'note', note) }))
    );
  },
  inverse: (read, { orderId, note: base }) => {
    const order = read('order', orderId);
    return order && { name: 'order.setNote', args: { orderId, note: order.note ?? null }, base };
  },
});
