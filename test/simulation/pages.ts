import { crc32 } from 'node:zlib';
import { isEntityType } from '#shared/domain/entities.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import type { BaseRows, Disk } from './disk.ts';
import type { ServiceModel } from './service-model.ts';
import { demand } from './violation.ts';

const MOST_BASES = 4;

/** Notes what the base may be once the page is applied on top of what it follows. */
export function notePage(disk: Disk, page: PullResponse): void {
  const befores: readonly BaseRows[] = page.after === null ? [new Map()] : (disk.bases.get(page.after) ?? []);
  const afters = befores.map((before) => {
    const rows = new Map(before);
    for (const change of page.changes) {
      const key = `${change.type} ${change.id}`;
      if (!isEntityType(change.type) || (rows.get(key)?.rev ?? 0) >= change.rev) continue;
      if (change.op === 'del') rows.delete(key);
      else rows.set(key, { rev: change.rev, sum: crc32(JSON.stringify(change.value)) });
    }
    return rows;
  });
  const known = disk.bases.get(page.cursor) ?? [];
  disk.bases.set(page.cursor, [...known, ...afters].slice(-MOST_BASES));
}

/** A page that says it is the last brings exactly what the service holds in that moment. */
export function checkLastPage(disk: Disk, page: PullResponse, model: ServiceModel, replicaId: string): void {
  if (page.hasMore) return;
  const last = model.lastOf(replicaId);
  demand(
    page.lastSeq === last.seq && page.lastId === last.id,
    2,
    `the service counts ${page.lastSeq}, the model ${last.seq}`,
  );
  const rows = disk.bases.get(page.cursor)?.at(-1);
  const expected = [...model.entities.values()];
  const odd = expected
    .filter(({ type, id, sum }) => rows?.get(`${type} ${id}`)?.sum !== sum)
    .map(({ type, id }) => `${type} ${id}`);
  const surplus = [...(rows?.keys() ?? [])].filter((key) => !model.entities.has(key));
  demand(
    odd.length === 0 && surplus.length === 0,
    3,
    () =>
      `the feed ends with something else than the service must hold: ${[...odd, ...surplus].slice(0, 5).join(', ')}`,
  );
}
