import type { FileHandle } from 'node:fs/promises';

/** Writes parts one after another where the file stands: one write of the system for all of them, unless it takes only some of the bytes at a time. */
export async function writeAll(
  file: Pick<FileHandle, 'writev'>,
  parts: readonly Uint8Array[],
): Promise<void> {
  let left = parts.filter(({ byteLength }) => byteLength > 0);
  while (left.length > 0) {
    const { bytesWritten } = await file.writev(left);
    left = behind(left, bytesWritten);
  }
}

/** What is left of the parts once so many bytes are written. */
function behind(parts: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let over = bytes;
  return parts.flatMap((part) => {
    const written = Math.min(over, part.byteLength);
    over -= written;
    return written < part.byteLength ? [part.subarray(written)] : [];
  });
}
