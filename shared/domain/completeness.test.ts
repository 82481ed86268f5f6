import { describe, expect, it } from 'vitest';
import { aProfile } from '#test/support/entities.ts';
import { completeness } from './completeness.ts';
import type { Profile } from './profile.ts';

const id = '0192b1c4-7d3e-7a55-8c1d-000000000001';
const address = { name: '', lines: ['1 rue B'], postalCode: '75001', city: 'Paris', country: 'FR' };
const full: Partial<Profile> = {
  phones: [{ id, kind: 'mobile', number: '+33612345678' }],
  addresses: [
    { id, use: 'delivery', isDefault: true, address },
    { id, use: 'billing', isDefault: true, address },
  ],
};

describe('what a profile lacks', () => {
  it('is everything at first, in the order in which it is worth filling in', () => {
    expect(completeness(aProfile({ firstName: '', lastName: '', phones: [] }))).toEqual({
      missing: ['first_name', 'last_name', 'phone', 'delivery_address', 'billing_address'],
      outOf: 5,
    });
  });

  it('is nothing once all is there', () => {
    expect(completeness(aProfile(full))).toEqual({ missing: [], outOf: 5 });
  });

  it('is a company as well, for garages', () => {
    expect(completeness(aProfile({ ...full, kind: 'garage' }))).toEqual({ missing: ['company'], outOf: 6 });
    const company = { name: 'G', siren: '732829320', vatNumber: 'FR44732829320' };
    expect(completeness(aProfile({ ...full, kind: 'garage', company })).missing).toEqual([]);
  });
});
