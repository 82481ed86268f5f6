import { z } from 'zod';
import { Address } from './address.ts';
import { Company } from './company.ts';
import { Uuid } from './ids.ts';
import { Instant } from './time.ts';

/** It drives rights: consumers may withdraw and have the legal guarantee; businesses generally may not. */
export const AccountKind = z.enum(['private', 'garage']);
export type AccountKind = z.infer<typeof AccountKind>;

export const AddressUse = z.enum(['delivery', 'billing']);
export type AddressUse = z.infer<typeof AddressUse>;

/** One default for each use, as long as there is an address for it. */
export const ProfileAddress = z.object({
  id: Uuid,
  use: AddressUse,
  isDefault: z.boolean(),
  address: Address,
});
export type ProfileAddress = z.infer<typeof ProfileAddress>;

export const PhoneKind = z.enum(['mobile', 'home', 'work']);
/** E.164: a plus sign and up to fifteen digits. */
export const PhoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/);
export const Phone = z.object({ id: Uuid, kind: PhoneKind, number: PhoneNumber });
export type Phone = z.infer<typeof Phone>;

export const PreferenceName = z.enum([
  'delivery_email',
  'delivery_sms',
  'invoice_email',
  'deadline_reminders',
]);
export type PreferenceName = z.infer<typeof PreferenceName>;

/** What the person may allow or not, each on its own (RGPD art. 7); nothing is allowed that was not asked. */
export const ConsentPurpose = z.enum(['offers_email', 'offers_sms', 'partners', 'statistics']);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

export const MOST_PHONES = 20;
export const MOST_ADDRESSES = 100;

export const Profile = z.object({
  kind: AccountKind,
  email: z.email().max(254),
  displayName: z.string().min(1).max(120),
  firstName: z.string().max(80),
  lastName: z.string().max(80),
  company: Company.optional(),
  phones: z.array(Phone).max(MOST_PHONES).optional(),
  addresses: z.array(ProfileAddress).max(MOST_ADDRESSES),
  language: z.enum(['fr', 'en']),
  preferences: z.partialRecord(PreferenceName, z.boolean()).optional(),
  /** The moment is kept with the choice: it is the proof of it. */
  consents: z.partialRecord(ConsentPurpose, z.object({ granted: z.boolean(), at: Instant })).optional(),
  customerSince: Instant,
});
export type Profile = z.infer<typeof Profile>;
