import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Change } from '#shared/protocol/pull.ts';
import { lengthOf, readFeed, slice, writeFeed } from './feed-file.ts';

it('gives back any run of the changes it was written with', () => {
  const changes: Change[] = ['étrier', 'b', 'disque'].map((name, index) => ({
    op: 'put',
    type: 'order',
    id: `00000000-0000-7000-8000-00000000000${index}`,
    rev: index + 1,
    value: { name },
  }));
  const folder = mkdtempSync(join(tmpdir(), 'feed-'));
  try {
    writeFeed(join(folder, 'feed'), changes);
    const feed = readFeed(join(folder, 'feed'));
    expect(lengthOf(feed)).toBe(3);
    for (const [from, to] of [
      [0, 1],
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ] as const) {
      expect(JSON.parse(`[${slice(feed, from, to).toString()}]`)).toEqual(changes.slice(from, to));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
