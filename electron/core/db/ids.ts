const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const DASH_BEFORE: Readonly<Record<number, string>> = { 4: '-', 6: '-', 8: '-', 10: '-' };

/** Ids are kept as their 16 bytes: less than half the size of their text, in the rows and in each index. */
export function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function idText(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < 16; i += 1) text += (DASH_BEFORE[i] ?? '') + (HEX[bytes[i] ?? 0] ?? '');
  return text;
}
