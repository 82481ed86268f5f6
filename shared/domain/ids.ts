import { v7 } from 'uuid';
import { z } from 'zod';

/** UUID in lower case, any version. Ids that we make are version 7, so they sort by the time they were made. */
export const Uuid = z.uuid().lowercase();
export type Uuid = z.infer<typeof Uuid>;

/** A new UUIDv7. Pure callers take ids as arguments; only composition roots and adapters call this. */
export function newId(): Uuid {
  return v7();
}
