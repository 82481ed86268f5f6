import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { Read, Write } from '#shared/mutations/mutator.ts';
import { prepare, type Prepared } from '#shared/mutations/run.ts';
import { readTold } from '../db/base.ts';
import type { Connection } from '../db/connection.ts';
import type { Ref } from '../db/entities.ts';
import { describeError } from '../describe-error.ts';
import { changesWhere, WANTED, type ChangeRow } from './change-rows.ts';
import { changesOf, nameOf, refsOf, removeRefs, writeRefs } from './refs.ts';
import type { OutboxTransaction } from './transaction.ts';

/**
 * Shows these entities anew: what the service told of them, with the waiting changes replayed on top. A change may read one entity and write
 * another, so everything that hangs together with them through changes is replayed, in order.
 */
export async function rebase(transaction: OutboxTransaction, touched: readonly Ref[]): Promise<void> {
  const { db, entities, slices } = transaction;
  const together = new Together(db);
  together.add(touched);
  if (together.refs.size === 0) return;
  let shown: Map<string, unknown>;
  do {
    shown = new Map();
    for (const ord of together.inOrder()) {
      const [change] = changesWhere(db, `ord = ? AND ${WANTED}`, ord);
      if (change) together.add(replay(transaction, change, shown));
      if (slices.due()) await slices.pause();
    }
    // What it makes may depend on what is there: something new in it is one more thing that hangs together.
  } while (together.grew());
  for (const [name, ref] of together.refs) {
    if (shown.has(name)) entities.show(ref, shown.get(name));
    else entities.showTold(ref);
    if (slices.due()) await slices.pause();
  }
}

/** Entities, and the changes that tie them together. */
class Together {
  readonly refs = new Map<string, Ref>();
  readonly #db: Connection;
  readonly #ords = new Set<number>();
  #ran = 0;

  constructor(db: Connection) {
    this.#db = db;
  }

  add(refs: readonly Ref[]): void {
    const waiting = [...refs];
    for (let ref = waiting.pop(); ref; ref = waiting.pop()) {
      if (this.refs.has(nameOf(ref))) continue;
      this.refs.set(nameOf(ref), { type: ref.type, id: ref.id });
      for (const ord of changesOf(this.#db, ref)) {
        if (this.#ords.has(ord)) continue;
        this.#ords.add(ord);
        waiting.push(...refsOf(this.#db, ord));
      }
    }
  }

  inOrder(): number[] {
    this.#ran = this.#ords.size;
    return [...this.#ords].sort((a, b) => a - b);
  }

  grew(): boolean {
    return this.#ords.size > this.#ran;
  }
}

/** Runs one change on top of those before it; one that cannot be made now shows nothing, and the service will say why. */
function replay(transaction: OutboxTransaction, change: ChangeRow, shown: Map<string, unknown>): Ref[] {
  const { db, accountId } = transaction;
  const prepared = prepare(callOf(change), accountId);
  if (!prepared.ok) return [];
  const writes = writesOf(transaction, change, prepared.prepared, shown);
  for (const write of writes) shown.set(nameOf(write), write.op === 'put' ? write.value : undefined);
  removeRefs(db, change.ord);
  writeRefs(db, change.ord, prepared.prepared.reads, [change.subject, ...writes]);
  return writes;
}

/** A bug in one change is logged and makes nothing: thrown on, it would hold up every page that touches what the change is about. */
function writesOf(
  { db, accountId, log }: OutboxTransaction,
  change: ChangeRow,
  { run }: Prepared,
  shown: ReadonlyMap<string, unknown>,
): Write[] {
  let unreadable: unknown;
  const read: Read = <T extends EntityType>(type: T, id: string): EntityValue<T> | undefined => {
    const name = nameOf({ type, id });
    if (shown.has(name)) return shown.get(name) as EntityValue<T> | undefined;
    try {
      return readTold(db, type, id);
    } catch (error) {
      unreadable = error;
      throw error;
    }
  };
  try {
    const outcome = run(read, { id: change.id, at: change.at, accountId, mode: 'replay' });
    return outcome.ok ? outcome.writes : [];
  } catch (error) {
    if (error === unreadable) throw error;
    log('error', 'a waiting change cannot be replayed', { name: change.name, ...describeError(error) });
    return [];
  }
}

export function callOf(change: ChangeRow): { name: string; args: unknown; base?: unknown } {
  return {
    name: change.name,
    args: JSON.parse(change.args) as unknown,
    ...(change.base !== null && { base: JSON.parse(change.base) as unknown }),
  };
}

/** What a change touches before it is replayed for the first time. */
export function writeFirstRefs({ db, accountId }: OutboxTransaction, change: ChangeRow): Ref[] {
  const prepared = prepare(callOf(change), accountId);
  const reads = prepared.ok ? prepared.prepared.reads : [];
  writeRefs(db, change.ord, reads, [change.subject]);
  return [change.subject, ...reads];
}
