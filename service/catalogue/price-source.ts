import type { LastKnownPrice } from '#shared/domain/basket.ts';
import { foldCompact } from '#shared/domain/fold.ts';

/** A part as people name it. */
export interface PartName {
  reference: string;
  brand: string;
}

/** What somebody says of a part: its price, null when it is not sold any more, undefined when they do not know the part. */
export type PriceSaid = LastKnownPrice | null | undefined;

/** Where prices come from. A shop puts its own catalogue behind this (`prices` in the service's options). */
export interface PriceSource {
  /** In the order of the parts. */
  pricesOf(accountKey: number, parts: readonly PartName[]): Promise<PriceSaid[]>;
}

/** However the reference and the maker are written, it is the same part. */
export const partKey = ({ brand, reference }: PartName): string =>
  `${foldCompact(brand)}|${foldCompact(reference)}`;

/** Asks one after the other, each only for the parts that those before it do not know. */
export function firstOf(...sources: readonly PriceSource[]): PriceSource {
  return {
    async pricesOf(accountKey, parts) {
      const said: PriceSaid[] = parts.map(() => undefined);
      for (const source of sources) {
        const unknown = parts.flatMap((part, index) => (said[index] === undefined ? [{ part, index }] : []));
        if (unknown.length === 0) break;
        const answers = await source.pricesOf(
          accountKey,
          unknown.map(({ part }) => part),
        );
        for (const [i, { index }] of unknown.entries()) said[index] = answers[i];
      }
      return said;
    },
  };
}
