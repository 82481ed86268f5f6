/** What the world knows of a change that an engine accepted. */
export interface Accepted {
  id: string;
  name: string;
  /** How many pieces it adds to the counting basket, for changes that do nothing else. */
  counts: number;
}

/** What a replica's base may be after a page: revisions and checksums of what the service has told. */
export type BaseRows = ReadonlyMap<string, { rev: number; sum: number }>;

/**
 * What the folder of a replica must hold, whatever happens to processes and networks. It is copied and set back along with the folder.
 */
export class Disk {
  /** Every change that was accepted into this folder. */
  readonly accepted = new Map<string, Accepted>();
  /** Those that have left in a request, as themselves or as nothing: they may have arrived. */
  readonly sent = new Set<string>();
  readonly sentAsItself = new Set<string>();
  readonly letGo = new Set<string>();
  /** Ids of changes of which nobody can say whether they were accepted: the process died meanwhile. */
  readonly maybe = new Set<string>();
  /** For each cursor what the base may be once it is reached. */
  readonly bases = new Map<string, BaseRows[]>();
  /** The newest revision that was shown of each entity, in one epoch. */
  revs = new Map<string, number>();
  epoch: string | undefined;

  /** Changes leave with a request; the answer takes that back for those that had not left before. */
  noteSent(mutations: readonly { id: string; name: string }[]): () => void {
    const first = mutations.filter(({ id }) => !this.sent.has(id));
    const firstAsItself = mutations.filter(({ id, name }) => name !== 'noop' && !this.sentAsItself.has(id));
    for (const { id } of first) this.sent.add(id);
    for (const { id } of firstAsItself) this.sentAsItself.add(id);
    return () => {
      for (const { id } of first) this.sent.delete(id);
      for (const { id } of firstAsItself) this.sentAsItself.delete(id);
    };
  }

  copy(): Disk {
    const copy = new Disk();
    for (const [id, change] of this.accepted) copy.accepted.set(id, change);
    for (const id of this.sent) copy.sent.add(id);
    for (const id of this.sentAsItself) copy.sentAsItself.add(id);
    for (const id of this.letGo) copy.letGo.add(id);
    for (const id of this.maybe) copy.maybe.add(id);
    for (const [cursor, bases] of this.bases) copy.bases.set(cursor, [...bases]);
    copy.revs = new Map(this.revs);
    copy.epoch = this.epoch;
    return copy;
  }
}
