import { foldCompact } from '#shared/domain/fold.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';

/** Between the folded fields of a searchable text: folding removes it from what people type, so no match spans two fields. */
const BETWEEN = '\n';

export function searchText(fields: readonly (string | undefined)[]): string {
  const folded: string[] = [];
  for (const field of fields) if (field !== undefined && field !== '') folded.push(foldCompact(field));
  return folded.join(BETWEEN);
}

/** Brands and names repeat from part to part, and folding accents is slow. */
const folded = new Map<string, string>();
const MOST_FOLDED = 5000;

function foldWord(text: string): string {
  let known = folded.get(text);
  if (known === undefined) {
    known = foldCompact(text);
    if (folded.size >= MOST_FOLDED) folded.clear();
    folded.set(text, known);
  }
  return known;
}

export const orderText = (number: string): string => searchText([number]);
export const partText = (reference: string, brand: string, name: string): string =>
  [foldCompact(reference), foldWord(brand), foldWord(name)].join(BETWEEN);
export const invoiceText = (number: string, orderNumber: string): string => searchText([number, orderNumber]);
export const vehicleText = (v: Vehicle): string =>
  searchText([v.plate, v.vin, v.make, v.model, v.engine, v.customerName]);

/** What a query is compared as: its words, folded the same way. Empty when nothing is left to look for. */
export function searchWords(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/\s+/)
        .map(foldCompact)
        .filter((word) => word !== ''),
    ),
  ];
}
