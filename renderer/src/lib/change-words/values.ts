import type { Address } from '#shared/domain/address.ts';
import type { Company } from '#shared/domain/company.ts';
import type { z } from 'zod';
import type { ConsentPurpose, PreferenceName } from '#shared/domain/profile.ts';
import type { SupportTopic } from '#shared/domain/support-message.ts';
import { m } from '#shared/i18n/generated/messages.js';
import { count, day } from '../format.ts';
import type { Args } from './types.ts';

const vehicleFields: Record<Args<'vehicle.setField'>['field'], () => string> = {
  plate: m.changes_field_plate,
  vin: m.changes_field_vin,
  make: m.changes_field_make,
  model: m.changes_field_model,
  engine: m.changes_field_engine,
  firstRegistration: m.changes_field_first_registration,
  customerName: m.changes_field_customer_name,
  notes: m.changes_field_notes,
};
const profileFields: Record<Args<'profile.setField'>['field'], () => string> = {
  displayName: m.changes_field_display_name,
  firstName: m.changes_field_first_name,
  lastName: m.changes_field_last_name,
  language: m.changes_field_language,
  company: m.changes_field_company,
};
const preferences: Record<z.infer<typeof PreferenceName>, () => string> = {
  delivery_email: m.changes_preference_delivery_email,
  delivery_sms: m.changes_preference_delivery_sms,
  invoice_email: m.changes_preference_invoice_email,
  deadline_reminders: m.changes_preference_deadline_reminders,
};
const consents: Record<z.infer<typeof ConsentPurpose>, () => string> = {
  offers_email: m.changes_consent_offers_email,
  offers_sms: m.changes_consent_offers_sms,
  partners: m.changes_consent_partners,
  statistics: m.changes_consent_statistics,
};
const topics: Record<z.infer<typeof SupportTopic>, () => string> = {
  sign_in: m.changes_topic_sign_in,
  product: m.changes_topic_product,
  delivery: m.changes_topic_delivery,
  return: m.changes_topic_return,
  invoice: m.changes_topic_invoice,
  other: m.changes_topic_other,
};

export const vehicleField = (field: keyof typeof vehicleFields): string => vehicleFields[field]();
export const profileField = (field: keyof typeof profileFields): string => profileFields[field]();
export const preferenceName = (name: keyof typeof preferences): string => preferences[name]();
export const consentName = (purpose: keyof typeof consents): string => consents[purpose]();
export const topicName = (topic: keyof typeof topics): string => topics[topic]();

export const distance = (kilometres: number): string => `${count(kilometres)}\u00a0km`;

/** A field of a vehicle as people read it. */
export const fieldValue = (field: string, value: string): string =>
  field === 'firstRegistration' ? day(value) : value;

/** A field of the profile as people read it. */
export function profileValue(field: string, value: unknown): string {
  if (field === 'language') return value === 'fr' ? m.changes_language_fr() : m.changes_language_en();
  return valueText(value);
}

/** Any value of a field as people read it; an object that is none of ours stays unnamed. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return m.changes_value_none();
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return count(value);
  if (typeof value === 'boolean') return value ? m.changes_value_yes() : m.changes_value_no();
  if (isAddress(value)) return addressLine(value);
  if (isCompany(value)) return `${value.name} · SIREN ${value.siren} · ${value.vatNumber}`;
  return m.changes_value_other();
}

export const addressLine = ({ name, lines, postalCode, city }: Address): string =>
  [name, ...lines, `${postalCode} ${city}`].filter((part) => part.trim() !== '').join(', ');

const isAddress = (value: object): value is Address => 'postalCode' in value && 'lines' in value;
const isCompany = (value: object): value is Company => 'siren' in value && 'vatNumber' in value;
