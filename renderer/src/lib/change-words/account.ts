import { m } from '#shared/i18n/generated/messages.js';
import { formatPhone } from '#shared/domain/phone.ts';
import type { MutationName } from '#shared/ipc/changes.ts';
import { consentName, preferenceName, profileField, profileValue } from './values.ts';
import type { Words } from './types.ts';

type Group = 'profile' | 'address' | 'phone' | 'preference' | 'consent';
type AccountChange = Extract<MutationName, `${Group}.${string}`>;

export const accountWords: Words<AccountChange> = {
  'profile.setField': ({ field, value }) =>
    value === null || value === ''
      ? m.changes_told_profile_gone({ field: profileField(field) })
      : m.changes_told_profile_set({ field: profileField(field), value: profileValue(field, value) }),
  'address.add': ({ address }) => m.changes_told_address_add({ name: address.name }),
  'address.change': ({ address }) => m.changes_told_address_change({ name: address.name }),
  'address.remove': () => m.changes_told_address_remove(),
  'address.setDefault': () => m.changes_told_address_default(),
  'phone.add': ({ number }) => m.changes_told_phone_add({ number: formatPhone(number) }),
  'phone.change': ({ number }) => m.changes_told_phone_change({ number: formatPhone(number) }),
  'phone.remove': () => m.changes_told_phone_remove(),
  'preference.set': ({ name, value }) =>
    value === null
      ? m.changes_told_default({ what: preferenceName(name) })
      : yesOrNo(preferenceName(name), value),
  'consent.set': ({ purpose, granted }) => yesOrNo(consentName(purpose), granted),
};

const yesOrNo = (what: string, yes: boolean): string =>
  yes ? m.changes_told_on({ what }) : m.changes_told_off({ what });
