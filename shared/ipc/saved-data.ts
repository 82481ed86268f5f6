import { z } from 'zod';

/** What came of saving everything about an account; `saved: false` is a person's "cancel". */
export const SavedData = z.discriminatedUnion('saved', [
  z.object({
    saved: z.literal(true),
    path: z.string(),
    /** Files in the archive. */
    count: z.int(),
    /** Invoices whose PDF could not be had. */
    missingInvoices: z.int(),
    /** The service could not be asked for what only it keeps. */
    missingAccount: z.boolean(),
  }),
  z.object({ saved: z.literal(false) }),
]);
export type SavedData = z.infer<typeof SavedData>;
