import { describe, expect, it } from 'vitest';
import { LastKnownPrice } from '#shared/domain/basket.ts';
import { Catalogue } from './catalogue.ts';
import { makeDemoPrices } from './price-list.ts';

const catalogue = new Catalogue('demo');
const parts = [...catalogue.parts].filter((_part, index) => index % 10 === 0);
const on = async (moment: string) =>
  makeDemoPrices(catalogue, 'demo', { now: () => Date.parse(moment) }).pricesOf(1, parts);
const exclVat = (price: number, vatRate: number) => Math.round((price * 10_000) / (10_000 + vatRate));

describe('the prices of the demo shop', () => {
  it('are the same for everybody who asks on that day', async () => {
    const morning = await on('2026-11-22T08:00:00.000Z');
    const evening = await on('2026-11-22T20:00:00.000Z');
    expect(evening.map((price) => price && { ...price, at: '' })).toEqual(
      morning.map((price) => price && { ...price, at: '' }),
    );
    for (const price of evening) if (price) expect(LastKnownPrice.parse(price)).toEqual(price);
  });

  it('have mostly stayed, some moved a little, and a few parts are gone or out of stock', async () => {
    const said = await on('2026-11-22T08:00:00.000Z');
    const known = said.flatMap((price, i) => (price ? [{ price, part: parts[i]! }] : []));
    const moves = known.map(
      ({ price, part }) => price.exclVat / Math.max(1, exclVat(part.price, part.vatRate)),
    );
    const share = (count: number) => count / said.length;
    expect(share(moves.filter((move) => Math.abs(move - 1) < 0.005).length)).toBeGreaterThan(0.5);
    expect(share(moves.filter((move) => Math.abs(move - 1) > 0.02).length)).toBeGreaterThan(0.2);
    expect(share(said.filter((price) => price === null).length)).toBeCloseTo(0.02, 1);
    const unavailable = known.filter(({ price }) => price.availability === 'unavailable');
    expect(share(unavailable.length)).toBeGreaterThan(0.02);
    expect(share(unavailable.length)).toBeLessThan(0.1);
    expect(said).not.toContain(undefined);
  });

  it('find a part however it is written, and do not know what is not in the catalogue', async () => {
    const part = parts.find(({ reference }) => /[ .]/.test(reference))!;
    const { pricesOf } = makeDemoPrices(catalogue, 'demo', { now: () => Date.UTC(2026, 10, 22) });
    const [plain, typed, unknown] = await pricesOf(1, [
      part,
      { reference: part.reference.replace(/[ .]/g, '').toLowerCase(), brand: part.brand.toLowerCase() },
      { reference: 'nothing like it', brand: 'BOSCH' },
    ]);
    expect(typed).toEqual(plain);
    expect(unknown).toBeUndefined();
  });
});
