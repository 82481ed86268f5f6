import { fold, foldCompact } from '#shared/domain/fold.ts';

/** What of a line can be searched: typed without accents, and references and plates without separators too. */
export function lineText(line: { reference: string; brand: string; name: string }, plate = ''): string {
  return `${foldCompact(line.reference)} ${fold(line.brand)} ${fold(line.name)} ${foldCompact(plate)}`;
}
