import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { SupportMessage } from '../domain/support-message.ts';

/** A message to customer service, sent or about to be. */
export const SentMessage = z.object({
  id: Uuid,
  message: SupportMessage,
  /** Of the order that it is about. */
  orderNumber: z.string().optional(),
  /** It is on this computer only. */
  pending: z.boolean(),
});
export type SentMessage = z.infer<typeof SentMessage>;
