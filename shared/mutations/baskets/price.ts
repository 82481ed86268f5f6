import type { LastKnownPrice } from '../../domain/basket.ts';

/** Which of two prices is remembered: the newer; of two of one moment always the same one, whichever came first. */
export function newerPrice(
  a: LastKnownPrice | undefined,
  b: LastKnownPrice | undefined,
): LastKnownPrice | undefined {
  if (!a || !b) return a ?? b;
  return rank(b) > rank(a) ? b : a;
}

const rank = ({ at, exclVat, vatRate, currency, availability }: LastKnownPrice): string =>
  [at, String(exclVat).padStart(16, '0'), String(vatRate).padStart(5, '0'), currency, availability].join(' ');
