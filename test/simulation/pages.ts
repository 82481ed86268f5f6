import { crc32 } from 'node:zlib';
import { isEntityType } from '#shared/domain/entities.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import type { BaseRows, Disk } from './disk.ts';
import type { ServiceModel } from './service-model.ts';
import { demand } from './violation.ts';

/** A world in which one cursor was reached in more ways than this would be a fault of the world. */
const MOST_BASES = 100;

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
  const known = [...(disk.bases.get(page.cursor) ?? [])];
  for (const after of afters) {
    // The newest stands last: that is the one that the last page is compared with.
    const same = known.findIndex((base) => isSameBase(base, after));
    if (same >= 0) known.splice(same, 1);
    known.push(after);
  }
  demand(known.length <= MOST_BASES, 0, `a cursor stands for ${known.length} bases`);
  disk.bases.set(page.cursor, known);
}

function isSameBase(one: BaseRows, other: BaseRows): boolean {
  if (one.size !== other.size) return false;
  for (const [key, { rev, sum }] of one) {
    const row = other.get(key);
    if (row?.rev !== rev || row.sum !== sum) return false;
  }
  return true;
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
