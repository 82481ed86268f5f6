import type { PartTemplate } from './part-templates.ts';

type Extra = Omit<PartTemplate, 'key' | 'category' | 'name' | 'brands' | 'price'>;

/** Writes the templates of one category as short rows: key, name, makers, price range in cents including VAT. */
export function ofCategory(
  category: string,
  rows: readonly (readonly [
    key: string,
    name: string,
    brands: string,
    low: number,
    high: number,
    extra?: Extra,
  ])[],
): PartTemplate[] {
  return rows.map(([key, name, brands, low, high, extra]) => ({
    key,
    category,
    name,
    brands: brands.split(','),
    price: [low, high],
    ...extra,
  }));
}
