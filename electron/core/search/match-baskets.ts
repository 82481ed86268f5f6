import type { SearchIndex } from './search-index.ts';

/** The baskets in whose name or vehicle every word occurs, last changed first; their keys, at most `limit`. None without words. */
export function matchingBaskets(index: SearchIndex, words: readonly string[], limit: number): number[] {
  if (words.length === 0) return [];
  const wanted = words.map((word) => ({ word, vehicles: index.vehicles(word) }));
  const found: number[] = [];
  for (const { pk, text, vehicle } of index.baskets) {
    if (!wanted.every(({ word, vehicles }) => text.includes(word) || vehicles.has(vehicle))) continue;
    if (found.push(pk) >= limit) break;
  }
  return found;
}
