import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { Profile } from '../domain/profile.ts';

export const AccountView = z.object({
  id: Uuid,
  profile: Profile,
  /** What is not sent yet: `firstName`, `company`, `address:<id>`, `phone:<id>`, `preference:<name>`, `consent:<purpose>`, … */
  pendingMarks: z.array(z.string()),
});
export type AccountView = z.infer<typeof AccountView>;
