import { readFileSync, writeFileSync } from 'node:fs';
import type { Change } from '#shared/protocol/pull.ts';

/**
 * Changes already written as JSON, one after another with commas between, and where each begins: any page of them is
 * a slice, so that a server of them costs next to nothing.
 */
export interface FeedFile {
  bytes: Buffer;
  /** Byte offset of each change, and one more for the end (of a comma that would follow). */
  starts: Uint32Array;
}

export function writeFeed(path: string, changes: readonly Change[]): void {
  const starts = new Uint32Array(changes.length + 1);
  const parts: Buffer[] = [];
  let at = 0;
  changes.forEach((change, index) => {
    const part = Buffer.from(`${index > 0 ? ',' : ''}${JSON.stringify(change)}`);
    parts.push(part);
    at += part.length;
    starts[index + 1] = at + 1;
  });
  writeFileSync(path, Buffer.concat(parts));
  writeFileSync(`${path}.starts`, starts);
}

export function readFeed(path: string): FeedFile {
  const starts = readFileSync(`${path}.starts`);
  return {
    bytes: readFileSync(path),
    starts: new Uint32Array(starts.buffer, starts.byteOffset, starts.length / Uint32Array.BYTES_PER_ELEMENT),
  };
}

export const lengthOf = (feed: FeedFile): number => feed.starts.length - 1;

/** The changes from `from` up to but without `to`, as JSON with commas between. */
export function slice(feed: FeedFile, from: number, to: number): Buffer {
  if (from >= to) return Buffer.alloc(0);
  return feed.bytes.subarray(feed.starts[from], (feed.starts[to] as number) - 1);
}
