import { fold, foldCompact } from '#shared/domain/fold.ts';

export type Piece = { text: string; match: boolean };

const SEPARATOR = /[\s.\-_/·']/;

/**
 * Cuts a text into pieces that match a query's words and pieces that do not, by the same folding as the search: accents,
 * case and separators do not count, so "ab123" marks "AB-123".
 */
export function highlight(text: string, query: string): Piece[] {
  const words = query
    .split(/\s+/)
    .map(foldCompact)
    .filter((word) => word.length > 0);
  const whole = foldCompact(query);
  const marks = new Uint8Array(text.length);
  const { folded, origin } = foldWithOrigins(text);
  for (const word of new Set([whole, ...words])) {
    if (word.length === 0) continue;
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1)) {
      const first = origin[at] ?? 0;
      const last = origin[at + word.length - 1] ?? first;
      marks.fill(1, first, last + 1);
    }
  }
  return cut(text, marks);
}

function foldWithOrigins(text: string): { folded: string; origin: number[] } {
  let folded = '';
  const origin: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (SEPARATOR.test(char)) continue;
    // Most letters need no more than lower case, and this runs for every hit at every key.
    for (const piece of char < '\u0080' ? char.toLowerCase() : fold(char)) {
      folded += piece;
      origin.push(i);
    }
  }
  return { folded, origin };
}

function cut(text: string, marks: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (let i = 1; i <= text.length; i += 1) {
    if (i < text.length && marks[i] === marks[start]) continue;
    pieces.push({ text: text.slice(start, i), match: marks[start] === 1 });
    start = i;
  }
  return pieces;
}
