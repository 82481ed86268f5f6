/** A kind of part; a maker and an engine make a part of it. */
export interface PartTemplate {
  /** How the job baskets name it. */
  key: string;
  category: string;
  /** With `{a|b}` for what differs from engine to engine (see Prng.fill), `%line%` and `%tyres%`. */
  name: string;
  brands: readonly string[];
  /** Lowest and highest usual price including VAT, in cents. */
  price: readonly [number, number];
  /** Deposit on the old core, excluding VAT, in cents, and the months to send it back: sold in exchange. */
  deposit?: { amount: readonly [number, number]; months: 1 | 3 | 12 };
  fuel?: 'diesel' | 'petrol';
  /** Not made for one engine, but there are that many variants of it. */
  universal?: number;
  /** How many one usually buys; one when absent. */
  quantity?: readonly [number, number];
  /** What each maker calls its product line, for `%line%` in the name. */
  lines?: Readonly<Record<string, string>>;
  /** In basis points; 20 % when absent. */
  vatRate?: number;
}

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
