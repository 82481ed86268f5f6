import { crc32 } from 'node:zlib';

/**
 * SQLite does not notice a flipped bit in the payload of a row: `integrity_check` only follows its structures. So each row that the
 * screens read carries a CRC-32 of its content, checked whenever it is read. A CRC finds every single flipped bit and every burst of up to 32.
 */
export function checksum(content: string | Uint8Array): number {
  return crc32(content);
}
