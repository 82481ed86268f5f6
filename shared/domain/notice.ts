import { z } from 'zod';
import { Uuid } from './ids.ts';
import { Instant } from './time.ts';

/**
 * What became of a change that met another one. Part of the feed, so that every device shows it until someone
 * dismisses it.
 */
export const Notice = z.object({
  kind: z.enum([
    'basket_renamed', // renamed on both: `kept` won over `lost`
    'basket_notes_changed', // notes written on both
    'quantity_changed', // quantity set on both
    'line_kept', // removed here, changed there: it stays
    'line_restored', // changed here after it was removed there: it is back
    'basket_kept', // deleted here, edited there: it stays
    'basket_restored', // edited here after it was deleted there: it is back
  ]),
  at: Instant,
  basketId: Uuid,
  basketName: z.string().max(120),
  line: z
    .object({ id: Uuid, reference: z.string().max(64), brand: z.string().max(60), name: z.string().max(200) })
    .optional(),
  /** The value that won, and the one that lost and can be taken back; a quantity is written as digits. */
  kept: z.string().max(4000).optional(),
  lost: z.string().max(4000).optional(),
});
export type Notice = z.infer<typeof Notice>;
