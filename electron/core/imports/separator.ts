import type { ImportPreview } from '#shared/ipc/vehicles.ts';

export type Separator = ImportPreview['separator'];

export const separatorChars: Record<Separator, string> = { ';': ';', ',': ',', tab: '\t' };

/** What stands most often between the headers, outside of quotes; a semicolon, as French spreadsheets write, when nothing does. */
export function separatorOf(headerLine: string): Separator {
  const counts: Record<Separator, number> = { ';': 0, ',': 0, tab: 0 };
  let quoted = false;
  for (const char of headerLine) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '\t') counts.tab += 1;
    else if (char === ';' || char === ',') counts[char] += 1;
  }
  if (counts.tab > counts[';'] && counts.tab > counts[',']) return 'tab';
  return counts[','] > counts[';'] ? ',' : ';';
}

/** A first line that tells spreadsheets the separator instead of naming columns. */
export function declaredSeparator(line: string): Separator | undefined {
  const declared = /^sep=(.)$/i.exec(line.trimEnd() === 'sep=' ? 'sep=\t' : line)?.[1];
  if (declared === '\t') return 'tab';
  return declared === ';' || declared === ',' ? declared : undefined;
}
