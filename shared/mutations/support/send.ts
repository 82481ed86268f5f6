import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { SupportTopic } from '../../domain/support-message.ts';
import { noteOf } from '../../domain/text.ts';
import { mutator, refuse, writes } from '../mutator.ts';

export const sendMessage = mutator({
  name: 'support.send',
  args: z.strictObject({ id: Uuid, topic: SupportTopic, text: noteOf(4000), orderId: Uuid.optional() }),
  reads: ({ id, orderId }) => [
    { type: 'support_message', id },
    ...(orderId === undefined ? [] : [{ type: 'order' as const, id: orderId }]),
  ],
  subject: ({ id }) => ({ type: 'support_message', id }),
  run: (read, { id, topic, text, orderId }, { at }) => {
    if (read('support_message', id)) return refuse('duplicate');
    if (orderId !== undefined && !read('order', orderId)) return refuse('not_found', { field: 'orderId' });
    const value = { topic, text, ...(orderId === undefined ? {} : { orderId }), writtenAt: at };
    return writes({ op: 'put', type: 'support_message', id, value });
  },
});
