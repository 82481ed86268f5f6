import type { Output } from '#shared/ipc/contract.ts';
import type { AppError, Result } from '#shared/ipc/errors.ts';
import type { Slices } from '../db/slices.ts';
import type { MakeChange } from '../make-change.ts';
import { ok } from '../result.ts';
import { addedBy, Batch, callOf, changedBy } from './batches.ts';
import { judge } from './judge.ts';
import type { KnownVehicles } from './known-vehicles.ts';
import type { PreviewRow } from './preview.ts';

export interface ApplyPorts {
  vehicles: KnownVehicles;
  make: MakeChange;
  newId: () => string;
  /** The day for readings without one: that of the preview. */
  today: string;
  slices: Slices;
  /** Folds the log of the database in. */
  checkpoint: () => Promise<void>;
  job: { signal: AbortSignal; progress: (done: number, total: number) => void };
}

/**
 * After so many changes the log is folded in. SQLite would do it by itself, much at once in some commit, and every answer would wait for that.
 */
const FOLDED_EVERY = 20;

type Applied = Output<'vehicles.importApply'>;

/** A change could not even be tried: the disk is full, or nobody is signed in any more. */
class Failed extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.kind);
    this.error = error;
  }
}

/**
 * Does what a preview showed, row by row as far as each would still do just that. What was done when it is cancelled or fails stays: a new
 * preview of the same file shows the rest.
 */
export async function applyRows(rows: readonly PreviewRow[], ports: ApplyPorts): Promise<Result<Applied>> {
  const { job, slices } = ports;
  const todo = rows.filter(({ shown }) => shown.verdict === 'add' || shown.verdict === 'change');
  const applied: Applied = { added: 0, changed: 0, skipped: 0 };
  const batches = { add: new Batch('add'), change: new Batch('change') };
  const flush = async (kind: Batch['kind']): Promise<void> => {
    const items = batches[kind].take();
    const made = await makeAll(ports.make, kind, items);
    applied[kind === 'add' ? 'added' : 'changed'] += made;
    applied.skipped += items.length - made;
  };
  let batchesMade = 0;
  try {
    job.progress(0, todo.length);
    for (const [index, row] of todo.entries()) {
      if (job.signal.aborted) return ok({ ...applied, cancelled: true });
      if (slices.due()) await slices.pause();
      const item = itemOf(row, ports);
      if (!item) applied.skipped += 1;
      else if (batches[item.kind].add(item.item)) {
        await flush(item.kind);
        batchesMade += 1;
        if (batchesMade % FOLDED_EVERY === 0) await ports.checkpoint();
        job.progress(index + 1, todo.length);
      }
    }
    await flush('add');
    await flush('change');
    job.progress(todo.length, todo.length);
    return ok(applied);
  } catch (error) {
    if (error instanceof Failed) return { ok: false, error: error.error };
    throw error;
  }
}

/** Undefined when the row would not do any more what was shown. */
function itemOf(
  { shown, wanted }: PreviewRow,
  { vehicles, newId, today }: ApplyPorts,
):
  | { kind: 'add'; item: ReturnType<typeof addedBy> }
  | { kind: 'change'; item: ReturnType<typeof changedBy> }
  | undefined {
  const present = vehicles.find(wanted);
  const now = judge(wanted, present?.value, today);
  if (now.verdict !== shown.verdict || JSON.stringify(now.changes) !== JSON.stringify(shown.changes))
    return undefined;
  return present
    ? { kind: 'change', item: changedBy(wanted, now.changes, present.id, today) }
    : { kind: 'add', item: addedBy(wanted, newId(), today) };
}

/** Makes one change of them all or, where that is refused, of each half, so that only the rows to blame are left out. Answers how many were made. */
async function makeAll(
  make: MakeChange,
  kind: Batch['kind'],
  items: Parameters<typeof callOf>[1],
): Promise<number> {
  if (items.length === 0) return 0;
  const made = await make(callOf(kind, items));
  if (!made.ok) throw new Failed(made.error);
  if (made.value.made) return items.length;
  if (items.length === 1) return 0;
  const half = Math.ceil(items.length / 2);
  return (await makeAll(make, kind, items.slice(0, half))) + (await makeAll(make, kind, items.slice(half)));
}
