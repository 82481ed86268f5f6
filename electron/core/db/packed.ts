/** Small keys packed as 32-bit numbers: a list that is read and written whole costs one value instead of a row each. */
export function pack(keys: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(keys.length * 4);
  for (let i = 0; i < keys.length; i += 1) bytes.writeUInt32LE(keys[i] ?? 0, i * 4);
  return bytes;
}

export function unpack(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const keys: number[] = [];
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) keys.push(view.getUint32(at, true));
  return keys;
}
