import { randomBytes } from 'node:crypto';
import { idText } from './db/ids.ts';

/** A UUIDv7 (RFC 9562, 5.7) of that moment. Made here: the package that makes them elsewhere takes longer to load than the first screen may wait. */
export function newId(ms: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return idText(bytes);
}
