const COMBINING_MARKS = /\p{M}+/gu;
/** Most texts are: they have nothing to decompose. */
const ASCII = /^[\x20-\x7e]*$/;
const SEPARATORS = /[\s.\-_/·']+/g;

/** Lower case without accents: "Étrier" and "ETRIER" fold to "etrier". What search compares. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(COMBINING_MARKS, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
}

/** Folded and without separators, so that "AB-123-CD", "ab 123 cd" and "0 986 494 660" match however they are typed. */
export function foldCompact(text: string): string {
  return fold(text).replace(SEPARATORS, '');
}
