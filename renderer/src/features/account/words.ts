import { m } from '#shared/i18n/generated/messages.js';
import type { ProfileGap } from '#shared/domain/completeness.ts';
import type { Phone, PreferenceName } from '#shared/domain/profile.ts';

const phoneKindWords: Record<Phone['kind'], () => string> = {
  mobile: m.account_phone_mobile,
  home: m.account_phone_home,
  work: m.account_phone_work,
};

export const phoneKind = (kind: Phone['kind']): string => phoneKindWords[kind]();

/** The keys of a table, in its order: the schemas themselves stay out of the window, which they would make heavier. */
const keysOf = <K extends string>(table: Record<K, unknown>): K[] => Object.keys(table) as K[];

export const phoneKinds = keysOf(phoneKindWords);

type Words = { title: () => string; meaning: () => string };

export const preferenceWords: Record<PreferenceName, Words> = {
  delivery_email: { title: m.account_pref_delivery_email, meaning: m.account_pref_delivery_email_meaning },
  delivery_sms: { title: m.account_pref_delivery_sms, meaning: m.account_pref_delivery_sms_meaning },
  invoice_email: { title: m.account_pref_invoice_email, meaning: m.account_pref_invoice_email_meaning },
  deadline_reminders: { title: m.account_pref_reminders, meaning: m.account_pref_reminders_meaning },
};

export const preferenceNames = keysOf(preferenceWords);

/** What is missing, and what filling it in brings. */
export const missingWords: Record<ProfileGap, Words> = {
  first_name: { title: m.account_missing_first_name, meaning: m.account_missing_name_text },
  last_name: { title: m.account_missing_last_name, meaning: m.account_missing_name_text },
  phone: { title: m.account_missing_phone, meaning: m.account_missing_phone_text },
  delivery_address: { title: m.account_missing_delivery, meaning: m.account_missing_delivery_text },
  billing_address: { title: m.account_missing_billing, meaning: m.account_missing_billing_text },
  company: { title: m.account_missing_company, meaning: m.account_missing_company_text },
};
