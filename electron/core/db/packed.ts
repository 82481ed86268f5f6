/** Small keys packed as 32-bit numbers: a list that is read and written whole costs one value instead of a row each. */
export function pack(keys: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(keys.length * 4);
  for (let i = 0; i < keys.length; i += 1) bytes.writeUInt32LE(keys[i] ?? 0, i * 4);
  return bytes;
}

export function unpack(bytes: Uint8Array): number[] {
  const keys: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    keys.push((a | (b << 8) | (c << 16) | (d << 24)) >>> 0);
  }
  return keys;
}
