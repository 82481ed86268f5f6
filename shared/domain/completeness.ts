import type { Profile } from './profile.ts';

/** What a profile can lack, in the order in which it is worth filling in. */
export type ProfileGap =
  'first_name' | 'last_name' | 'phone' | 'delivery_address' | 'billing_address' | 'company';

type Needed = Pick<Profile, 'kind' | 'firstName' | 'lastName' | 'phones' | 'addresses' | 'company'>;

/** What a profile still lacks, and of how many things; only garages need a company. */
export function completeness(profile: Needed): { missing: ProfileGap[]; outOf: number } {
  const there: [ProfileGap, boolean][] = [
    ['first_name', profile.firstName !== ''],
    ['last_name', profile.lastName !== ''],
    ['phone', (profile.phones ?? []).length > 0],
    ['delivery_address', profile.addresses.some(({ use }) => use === 'delivery')],
    ['billing_address', profile.addresses.some(({ use }) => use === 'billing')],
  ];
  if (profile.kind === 'garage') there.push(['company', profile.company !== undefined]);
  return { missing: there.flatMap(([gap, filled]) => (filled ? [] : [gap])), outOf: there.length };
}
