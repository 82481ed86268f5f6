import type { EntityType } from '#shared/domain/entities.ts';
import { CHANGE, INSTEAD } from '../db/codes.ts';
import type { ChangeRow } from './change-rows.ts';

/** Why the service refused a change; `present` is JSON. */
export interface Refused {
  kind: string;
  field: string | null;
  present: string | null;
}

/** A change with why it was refused, while it is. */
export interface KeptChange extends ChangeRow {
  refused: Refused | undefined;
}

/** Who this replica is, and how far the service has confirmed its changes. */
export interface Replica {
  replicaId: string;
  confirmedSeq: number;
  confirmedId: string | null;
}

/** The lines of the journal. What is absent in a `change` is as for one that was just made. */
export type JournalRecord =
  | ({ t: 'replica'; v: 1; account: string } & Replica)
  | ({ t: 'change' } & StoredChange)
  /** All up to this number may have arrived. */
  | { t: 'attempted'; seq: number }
  /** Those from `first` to `last` were marked as attempted, and have not left after all. An app that does not know this line takes them for attempted. */
  | { t: 'never_left'; first: number; last: number }
  | { t: 'instead'; id: string; instead: number }
  | { t: 'confirmed'; seq: number; id: string | null; at: number }
  | ({ t: 'refused'; id: string; at: number } & Refused)
  | { t: 'let_go'; id: string; at: number }
  /** Its opposite was made: it cannot be undone twice. */
  | { t: 'undone'; id: string }
  /** The service was set back: those above this number are sent again; all of them when it is null. */
  | { t: 'requeued'; above: number | null; id: string | null }
  /** A new replica id: those unconfirmed are numbered 1, 2, 3, …, and the others have no number any more. */
  | { t: 'forked'; replicaId: string };

interface StoredChange {
  ord: number;
  seq: number | null;
  id: string;
  state?: number;
  instead?: number;
  at: string;
  name: string;
  args: unknown;
  base?: unknown;
  inverse?: unknown;
  undoes?: string;
  subject: [EntityType, string];
  marks?: string[];
  label: string;
  settledAt?: number;
  refused?: Refused;
}

export function changeRecord(change: KeptChange): JournalRecord {
  return {
    t: 'change',
    ord: change.ord,
    seq: change.seq,
    id: change.id,
    ...(change.state !== CHANGE.waiting && { state: change.state }),
    ...(change.instead !== INSTEAD.itself && { instead: change.instead }),
    at: change.at,
    name: change.name,
    args: JSON.parse(change.args) as unknown,
    ...(change.base !== null && { base: JSON.parse(change.base) as unknown }),
    ...(change.inverse !== null && { inverse: JSON.parse(change.inverse) as unknown }),
    ...(change.undoes !== null && { undoes: change.undoes }),
    subject: [change.subject.type, change.subject.id],
    ...(change.marks.length > 0 && { marks: change.marks }),
    label: change.label,
    ...(change.settledAt !== null && { settledAt: change.settledAt }),
    ...(change.refused && { refused: change.refused }),
  };
}

function changeOf(record: StoredChange): KeptChange {
  const { subject, args, base, inverse } = record;
  return {
    ord: record.ord,
    seq: record.seq,
    id: record.id,
    state: record.state ?? CHANGE.waiting,
    instead: record.instead ?? INSTEAD.itself,
    at: record.at,
    name: record.name,
    args: JSON.stringify(args),
    base: base === undefined ? null : JSON.stringify(base),
    inverse: inverse === undefined ? null : JSON.stringify(inverse),
    undoes: record.undoes ?? null,
    subject: { type: subject[0], id: subject[1] },
    marks: record.marks ?? [],
    label: record.label,
    settledAt: record.settledAt ?? null,
    refused: record.refused,
  };
}

/** What a journal comes to when its lines are read in order. */
export class JournalState {
  accountId: string | undefined;
  replica: Replica | undefined;
  readonly changes = new Map<string, KeptChange>();

  read(lines: readonly string[]): this {
    for (const line of lines) this.#apply(JSON.parse(line) as JournalRecord);
    return this;
  }

  /** It is another account's. */
  clear(): void {
    this.replica = undefined;
    this.changes.clear();
  }

  #apply(record: JournalRecord): void {
    switch (record.t) {
      case 'replica':
        this.accountId = record.account;
        this.replica = {
          replicaId: record.replicaId,
          confirmedSeq: record.confirmedSeq,
          confirmedId: record.confirmedId,
        };
        return;
      case 'change':
        this.changes.set(record.id, changeOf(record));
        return;
      case 'attempted':
        this.#each(
          ({ seq, state }) => seq !== null && seq <= record.seq && state === CHANGE.waiting,
          (change) => (change.state = CHANGE.attempted),
        );
        return;
      case 'never_left':
        this.#each(
          ({ seq, state }) =>
            seq !== null && seq >= record.first && seq <= record.last && state === CHANGE.attempted,
          (change) => (change.state = CHANGE.waiting),
        );
        return;
      case 'instead':
        this.#one(record.id, (change) => (change.instead = record.instead));
        return;
      case 'confirmed':
        if (this.replica)
          this.replica = { ...this.replica, confirmedSeq: record.seq, confirmedId: record.id };
        this.#each(
          ({ seq, state }) => seq !== null && seq <= record.seq && state < CHANGE.confirmed,
          (change) => Object.assign(change, { state: CHANGE.confirmed, settledAt: record.at }),
        );
        return;
      case 'refused': {
        const { kind, field, present, at } = record;
        this.#one(record.id, (change) =>
          Object.assign(change, {
            state: CHANGE.refused,
            settledAt: at,
            refused: { kind, field, present },
          }),
        );
        return;
      }
      case 'let_go':
        this.#one(record.id, (change) =>
          Object.assign(change, { state: CHANGE.letGo, settledAt: record.at, refused: undefined }),
        );
        return;
      case 'undone':
        this.#one(record.id, (change) => (change.inverse = null));
        return;
      case 'requeued': {
        const { above, id } = record;
        if (this.replica) this.replica = { ...this.replica, confirmedSeq: above ?? 0, confirmedId: id };
        this.#each(
          ({ seq, state }) => state >= CHANGE.confirmed && (above === null || (seq !== null && seq > above)),
          requeue,
        );
        return;
      }
      case 'forked': {
        this.replica = { replicaId: record.replicaId, confirmedSeq: 0, confirmedId: null };
        let seq = 0;
        for (const change of this.inOrder()) change.seq = change.state < CHANGE.confirmed ? (seq += 1) : null;
      }
    }
  }

  inOrder(): KeptChange[] {
    return [...this.changes.values()].sort((a, b) => a.ord - b.ord);
  }

  #one(id: string, change: (one: KeptChange) => void): void {
    const found = this.changes.get(id);
    if (found) change(found);
  }

  #each(which: (one: KeptChange) => boolean, change: (one: KeptChange) => void): void {
    for (const one of this.changes.values()) if (which(one)) change(one);
  }
}

/** To be sent again; one that was let go keeps its place only. */
export function requeue(change: KeptChange): void {
  if (change.state === CHANGE.letGo) change.instead = INSTEAD.takenBack;
  Object.assign(change, { state: CHANGE.attempted, settledAt: null, refused: undefined });
}
