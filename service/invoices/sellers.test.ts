import { describe, expect, it } from 'vitest';
import { Company } from '#shared/domain/company.ts';
import { MARKETPLACE_SELLERS, sellerNamed, SHOP } from './sellers.ts';

describe('sellers', () => {
  it.each([SHOP, ...MARKETPLACE_SELLERS])(
    '$name has numbers that check, and a series of its own',
    (seller) => {
      expect(Company.safeParse(seller).error).toBeUndefined();
      expect(sellerNamed(seller.name)).toBe(seller);
      const series = [SHOP, ...MARKETPLACE_SELLERS].filter((other) => other.series === seller.series);
      expect(series).toEqual([seller]);
    },
  );

  it('refuses a name that nobody has', () => {
    expect(() => sellerNamed('Inconnu')).toThrow(RangeError);
  });
});
