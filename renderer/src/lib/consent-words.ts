import { m } from '#shared/i18n/generated/messages.js';
import type { ConsentPurpose } from '#shared/domain/profile.ts';

type Words = { title: () => string; meaning: () => string };

export const consentWords: Record<ConsentPurpose, Words> = {
  offers_email: { title: m.account_consent_offers_email, meaning: m.account_consent_offers_email_meaning },
  offers_sms: { title: m.account_consent_offers_sms, meaning: m.account_consent_offers_sms_meaning },
  partners: { title: m.account_consent_partners, meaning: m.account_consent_partners_meaning },
  statistics: { title: m.account_consent_statistics, meaning: m.account_consent_statistics_meaning },
};

/** In the order of the table: the schema itself stays out of the window, which it would make heavier. */
export const consentPurposes = Object.keys(consentWords) as ConsentPurpose[];
