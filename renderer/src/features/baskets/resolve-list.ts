import type { BasketPart, LastKnownPrice } from '#shared/domain/basket.ts';
import { foldCompact } from '#shared/domain/fold.ts';
import { call } from '#lib/api.ts';
import type { PastedLine } from './pasted-list.ts';

/** A pasted line with the part that it names, when that was bought before. */
export type FoundLine = { pasted: PastedLine; found?: { part: BasketPart; price: LastKnownPrice } };

const AT_ONCE = 16;

/** Looks pasted references up among the parts bought before; `onprogress` hears how many are done. */
export async function resolveList(
  lines: readonly PastedLine[],
  onprogress: (done: number) => void,
): Promise<FoundLine[]> {
  const result: FoundLine[] = [];
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    result.push(...(await Promise.all(lines.slice(at, at + AT_ONCE).map(lookUp))));
    onprogress(result.length);
  }
  return result;
}

async function lookUp(pasted: PastedLine): Promise<FoundLine> {
  const wanted = foldCompact(pasted.reference);
  if (wanted === '') return { pasted };
  const answer = await call('baskets.suggest', { text: pasted.reference.slice(0, 200), limit: 8 });
  if (!answer.ok) return { pasted };
  const brand = foldCompact(pasted.brand);
  const same = answer.value.filter(({ part }) => foldCompact(part.reference) === wanted);
  const found = same.find(({ part }) => brand === '' || foldCompact(part.brand) === brand);
  return found ? { pasted, found: { part: found.part, price: found.price } } : { pasted };
}
