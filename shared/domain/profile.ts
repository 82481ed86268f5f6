import { z } from 'zod';
import { Address } from './address.ts';
import { Company } from './company.ts';
import { Uuid } from './ids.ts';
import { Instant } from './time.ts';

/** It drives rights: consumers may withdraw and have the legal guarantee; businesses generally may not. */
export const AccountKind = z.enum(['private', 'garage']);
export type AccountKind = z.infer<typeof AccountKind>;

export const Profile = z.object({
  kind: AccountKind,
  email: z.email().max(254),
  displayName: z.string().min(1).max(120),
  firstName: z.string().max(80),
  lastName: z.string().max(80),
  company: Company.optional(),
  phone: z.string().max(20).optional(),
  addresses: z
    .array(
      z.object({ id: Uuid, use: z.enum(['delivery', 'billing']), isDefault: z.boolean(), address: Address }),
    )
    .max(100),
  language: z.enum(['fr', 'en']),
  customerSince: Instant,
});
export type Profile = z.infer<typeof Profile>;
