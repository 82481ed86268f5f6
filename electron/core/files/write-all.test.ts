import { expect, it } from 'vitest';
import { writeAll } from './write-all.ts';

/** A file of which the system takes at most so many bytes at a time. */
function fileTaking(most: number) {
  const written: number[] = [];
  return {
    written,
    writev: <T extends readonly NodeJS.ArrayBufferView[]>(parts: T) => {
      const bytes = parts.flatMap(({ buffer, byteOffset, byteLength }) => [
        ...new Uint8Array(buffer, byteOffset, byteLength),
      ]);
      const taken = bytes.slice(0, most);
      written.push(...taken);
      return Promise.resolve({ bytesWritten: taken.length, buffers: parts });
    },
  };
}

it('writes every byte once and in order, however few the system takes at a time', async () => {
  const parts = [[1, 2, 3], [], [4], [5, 6, 7, 8], []].map((bytes) => Uint8Array.from(bytes));
  for (let most = 1; most <= 9; most += 1) {
    const file = fileTaking(most);
    await writeAll(file, parts);
    expect(file.written, `${most} at a time`).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  }
});
