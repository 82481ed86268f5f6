import type { LastKnownPrice } from '#shared/domain/basket.ts';
import { toInstant, type Instant } from '#shared/domain/time.ts';
import { partKey, type PriceSource } from '../catalogue/price-source.ts';
import type { Clock } from '../clock.ts';
import type { Catalogue, Part } from './catalogue.ts';
import { Prng } from './prng.ts';

/**
 * What the demo shop asks for its parts today. Prices move from month to month and stocks from day to day, the same for everybody who asks
 * on that day; a few parts are not sold any more.
 */
export function makeDemoPrices(catalogue: Catalogue, seed: string, clock: Clock): PriceSource {
  const parts = new Map([...catalogue.parts].map((part) => [partKey(part), part]));
  return {
    pricesOf: (_accountKey, wanted) =>
      Promise.resolve(
        wanted.map((name) => {
          const part = parts.get(partKey(name));
          return part && priceOn(part, seed, toInstant(clock.now()));
        }),
      ),
  };
}

/** The price of a part as the shop said it at that moment; null for one that it has given up. */
export function priceOn(part: Part, shopSeed: string, at: Instant): LastKnownPrice | null {
  const seed = `${shopSeed}/prices/${partKey(part)}`;
  if (new Prng(seed).chance(0.02)) return null;
  const inclVat = part.price * usualRise(at) * moveOfMonth(seed, at.slice(0, 7));
  return {
    // Prices including VAT end in 0 or 5 cents, as in the shop's orders.
    exclVat: Math.round((Math.round(inclVat / 10) * 10 * 10_000) / (10_000 + part.vatRate)),
    vatRate: part.vatRate,
    currency: 'EUR',
    availability: stockOfDay(seed, at.slice(0, 10)),
    at,
  };
}

/** As in the orders (lines.ts): about 2.5 % a year, and catalogue prices are those of 2026. */
const usualRise = (at: Instant) => 1 + 0.025 * (Number(at.slice(0, 4)) - 2026);

function moveOfMonth(seed: string, month: string): number {
  const rng = new Prng(`${seed}/${month}`);
  if (!rng.chance(0.35)) return 1;
  return rng.chance(0.6) ? 1 + rng.int(1, 9) / 100 : 1 - rng.int(2, 12) / 100;
}

function stockOfDay(seed: string, day: string): LastKnownPrice['availability'] {
  const draw = new Prng(`${seed}/${day}`).float();
  return draw < 0.86 ? 'in_stock' : draw < 0.95 ? 'on_order' : 'unavailable';
}
