import { CHANGE, INSTEAD } from '#core/db/codes.ts';
import type { Basket } from '#shared/domain/basket.ts';
import type { Read } from '#shared/mutations/mutator.ts';
import { prepare } from '#shared/mutations/run.ts';
import type { BaseRows } from './disk.ts';
import type { ChangeState } from './engine-tables.ts';
import type { Replica } from './replica.ts';
import { short } from './trace.ts';
import { demand } from './violation.ts';
import type { VirtualTime } from './virtual-time.ts';

const MOST_TIMERS = 12;
const MOST_FLIGHTS = 6;
const MOST_LOG = 500;
/** A service may ask for a day; the jitter on top is ten seconds. */
const LATEST_MS = 86_400_000 + 20_000;

/** Invariants 1 and 2 as far as a folder shows them: what was accepted is there, in a state that is true, and nothing else is. */
export function checkChanges(replica: Replica, rows: readonly ChangeState[]): void {
  const { disk, account, name } = replica;
  const byId = new Map(rows.map((row) => [row.id, row]));
  demand(byId.size === rows.length, 2, `${name} keeps a change twice`);
  for (const { id } of rows) {
    if (disk.accepted.has(id)) continue;
    const row = byId.get(id);
    demand(
      disk.maybe.has(id) && row !== undefined,
      2,
      () => `${name} has a change that nobody made: ${row?.name} ${short(id)}`,
    );
    disk.accepted.set(id, { id, name: row.name, counts: 0 });
  }
  disk.maybe.clear();
  for (const change of disk.accepted.values()) {
    const row = byId.get(change.id);
    const what = `${name}: ${change.name} ${short(change.id)}`;
    demand(row !== undefined, 1, `${what} was accepted and is gone`);
    const verdicts = account.everVerdicts.get(change.id) ?? new Set();
    if (row.state === CHANGE.waiting)
      demand(!disk.sent.has(change.id), 2, `${what} has left and counts as never sent`);
    if (row.state === CHANGE.confirmed)
      demand(verdicts.has('applied'), 1, `${what} counts as confirmed and was never applied`);
    if (row.state === CHANGE.refused)
      demand(
        [...verdicts].some((verdict) => verdict.startsWith('rejected')),
        1,
        `${what} counts as refused and was not`,
      );
    if (row.state === CHANGE.letGo && row.instead === INSTEAD.itself)
      demand(disk.letGo.has(change.id), 1, `${what} was let go by nobody`);
    if (row.instead === INSTEAD.takenBack)
      demand(
        !disk.sentAsItself.has(change.id) || disk.letGo.has(change.id),
        2,
        `${what} became nothing after it had left`,
      );
  }
}

/** Invariant 5, first half, and 6: the base is what the service told up to the cursor, whole pages only, and never older than before. */
export function checkBase(replica: Replica): void {
  const { disk, tables, name } = replica;
  const [cursor, epoch] = [
    tables.meta('cursor') as string | undefined,
    tables.meta('epoch') as string | undefined,
  ];
  const rows = tables.base();
  const live = rows.filter((row) => row.live);
  if (cursor === undefined) {
    demand(live.length === 0, 5, `${name} has a base without having read a page`);
    disk.revs.clear();
    disk.epoch = undefined;
    return;
  }
  const candidates = disk.bases.get(cursor) ?? [];
  demand(candidates.length > 0, 5, `${name} stands at a cursor that it was never given`);
  demand(
    candidates.some((candidate) => isSame(candidate, live)),
    5,
    () =>
      `${name}: its base is not what the pages up to its cursor told: ${difference(candidates.at(-1), live)}`,
  );
  if (disk.epoch !== epoch || replica.account.silent) disk.revs.clear();
  disk.epoch = epoch;
  for (const { key, rev } of rows) {
    const before = disk.revs.get(key) ?? 0;
    demand(rev >= before || rev === 0, 6, `${name} went back from revision ${before} to ${rev} of ${key}`);
    if (rev > before) disk.revs.set(key, rev);
  }
}

type LiveRow = { key: string; rev: number; sum: number };

function isSame(told: BaseRows, live: readonly LiveRow[]): boolean {
  return (
    told.size === live.length &&
    live.every(({ key, rev, sum }) => {
      const row = told.get(key);
      return row?.rev === rev && row.sum === sum;
    })
  );
}

function difference(told: BaseRows | undefined, live: readonly LiveRow[]): string {
  const here = new Map(live.map((row) => [row.key, row]));
  const keys = new Set([...(told?.keys() ?? []), ...here.keys()]);
  const odd = [...keys].filter(
    (key) => told?.get(key)?.rev !== here.get(key)?.rev || told?.get(key)?.sum !== here.get(key)?.sum,
  );
  return odd
    .slice(0, 5)
    .map((key) => `${key} told ${told?.get(key)?.rev ?? '-'} here ${here.get(key)?.rev ?? '-'}`)
    .join('; ');
}

const asOutbox = ({ state }: ChangeState): boolean => state === CHANGE.waiting || state === CHANGE.attempted;

/** Invariant 4, and 5, second half: what is shown is the base with everything that waits replayed on it, worked out anew. */
export function checkShown(replica: Replica, rows: readonly ChangeState[]): void {
  const { tables, account, name } = replica;
  const told = tables.values('told');
  const shown = tables.values('shown');
  /** What the changes that wait make of it; undefined: gone. */
  const made = new Map<string, unknown>();
  const read: Read = (type, id) => {
    const key = `${type} ${id}`;
    if (made.has(key)) return made.get(key) as never;
    const json = told.get(key);
    return (json === undefined ? undefined : JSON.parse(json)) as never;
  };
  for (const row of rows) {
    if (!asOutbox(row) || row.instead !== INSTEAD.itself) continue;
    const base = row.base === null ? {} : { base: JSON.parse(row.base) as unknown };
    const preparation = prepare(
      { name: row.name, args: JSON.parse(row.args) as unknown, ...base },
      account.id,
    );
    if (!preparation.ok) continue;
    const outcome = preparation.prepared.run(read, {
      id: row.id,
      at: row.at,
      accountId: account.id,
      mode: 'replay',
    });
    for (const write of outcome.ok ? outcome.writes : []) {
      made.set(`${write.type} ${write.id}`, write.op === 'put' ? write.value : undefined);
    }
  }
  for (const key of new Set([...told.keys(), ...made.keys(), ...shown.keys()])) {
    const here = shown.get(key);
    const wanted = made.has(key) ? JSON.stringify(made.get(key)) : told.get(key);
    demand(
      isSameJson(here, wanted),
      4,
      () =>
        `${name} shows ${key} otherwise than its base and its changes make it: ${here ?? 'nothing'} instead of ${wanted}`,
    );
  }
}

/** Whether two texts are the same value, whatever the order of their keys; undefined is no value. */
export function isSameJson(one: string | undefined, other: string | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return canonical(JSON.parse(one)) === canonical(JSON.parse(other));
}

/** Invariant 4 again, by counting: of what this folder added to the counting basket nothing is missing on screen. */
export function checkCounts(replica: Replica, rows: readonly ChangeState[]): void {
  const { disk, account, tables, name } = replica;
  // While what was lost is read again, the screen lacks more than that.
  if (account.silent || tables.meta('complete') !== 1) return;
  // One change in two copies of a folder is one: taken back in the copy that was heard first, it is taken back in both.
  const isTakenBack = (id: string): boolean => account.takenAs.get(id) === 'noop';
  let own = 0;
  for (const row of rows)
    if (row.state <= CHANGE.confirmed && row.instead === INSTEAD.itself && !isTakenBack(row.id))
      own += disk.accepted.get(row.id)?.counts ?? 0;
  if (own === 0) return;
  const shown = tables.shown('basket', account.countingBasket);
  const counted = shown === undefined ? 0 : countOf(JSON.parse(shown) as Basket);
  demand(counted >= own, 4, `${name} shows ${counted} pieces and has added ${own} itself`);
}

export const countOf = ({ lines }: Basket): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Invariant 7: every id in the folder belongs to the account. */
export function checkIsolation(replica: Replica, foreign: ReadonlySet<string>): void {
  for (const id of replica.tables.ids())
    demand(!foreign.has(id), 7, `${replica.name} holds ${short(id)} of another account`);
}

/** Invariant 8. */
export function checkBounds(replica: Replica, time: VirtualTime): void {
  const { running, name, tables } = replica;
  if (!running) return;
  demand(time.countOf(running.clock) <= MOST_TIMERS, 8, `${name} has ${time.countOf(running.clock)} timers`);
  demand(
    time.latestOf(running.clock) <= LATEST_MS,
    8,
    `${name} waits for ${time.latestOf(running.clock)} ms`,
  );
  demand(
    running.network.flights.length <= MOST_FLIGHTS,
    8,
    `${name} asks ${running.network.flights.length} things at once`,
  );
  const { log, staged } = tables.counts();
  demand(log <= MOST_LOG, 8, `${name} keeps ${log} entries of its log`);
  demand(
    staged === 0 || tables.meta('rereading') === 1,
    8,
    `${name} keeps ${staged} staged rows after a re-read`,
  );
}

/** One text for one value, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}
