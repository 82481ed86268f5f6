import { z } from 'zod';
import { Uuid } from './ids.ts';
import { Instant } from './time.ts';

export const SupportTopic = z.enum(['sign_in', 'product', 'delivery', 'return', 'invoice', 'other']);
export type SupportTopic = z.infer<typeof SupportTopic>;

/** A message to customer service, as it was received. */
export const SupportMessage = z.object({
  topic: SupportTopic,
  text: z.string().min(1).max(4000),
  orderId: Uuid.optional(),
  /** When it was written, by the clock of the device that it was written on. */
  writtenAt: Instant,
});
export type SupportMessage = z.infer<typeof SupportMessage>;
