/** The 32 characters in which Windows-1252 differs from Latin-1 (WHATWG Encoding, index-windows-1252); what it leaves open stays as it is. */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Decodes by our own table: some versions of Node that this runs on read `windows-1252` as Latin-1, and the quotes and euro signs of old
 * spreadsheets would become control characters.
 */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (char) => HIGH_CONTROLS[char.charCodeAt(0) - 0x80] ?? char);
}
