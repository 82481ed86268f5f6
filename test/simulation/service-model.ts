import { crc32 } from 'node:zlib';
import type { EntityType } from '#shared/domain/entities.ts';
import { entitySchemas } from '#shared/domain/entities.ts';
import type { Read, Refusal } from '#shared/mutations/mutator.ts';
import { prepare } from '#shared/mutations/run.ts';
import type { Mutation, PushRequest } from '#shared/protocol/push.ts';

export type Verdict = 'applied' | `rejected ${string}`;

export interface ModelEntity {
  type: EntityType;
  id: string;
  value: unknown;
  /** Of its JSON, as the service writes it. */
  sum: number;
}

interface ReplicaLog {
  ids: string[];
}

/** What an account service must make of what reaches it: the shared mutators over two maps, and nothing else of the real one. */
export class ServiceModel {
  readonly accountId: string;
  entities: ReadonlyMap<string, ModelEntity> = new Map();
  /** Of every mutation that was ever taken. */
  verdicts: ReadonlyMap<string, Verdict> = new Map();
  replicas: ReadonlyMap<string, ReplicaLog> = new Map();

  constructor(accountId: string) {
    this.accountId = accountId;
  }

  /** The state is never changed in place, so a copy of the references is a backup. */
  backup(): Pick<ServiceModel, 'entities' | 'verdicts' | 'replicas'> {
    return { entities: this.entities, verdicts: this.verdicts, replicas: this.replicas };
  }

  restore(backup: Pick<ServiceModel, 'entities' | 'verdicts' | 'replicas'>): void {
    Object.assign(this, backup);
  }

  put(type: EntityType, id: string, value: unknown): void {
    this.#write([{ type, id, value }]);
  }

  delete(type: EntityType, id: string): void {
    this.#write([{ type, id, value: undefined }]);
  }

  /** Takes a push; answers what the service must answer, in short form. */
  push({ replicaId, mutations }: PushRequest): string {
    const log: ReplicaLog = { ids: [...(this.replicas.get(replicaId)?.ids ?? [])] };
    const verdicts = new Map(this.verdicts);
    const told: string[] = [];
    let stopped = '';
    for (const mutation of mutations) {
      const known = log.ids[mutation.seq - 1];
      if (known !== undefined && known !== mutation.id) stopped = `forked ${mutation.seq}`;
      else if (mutation.seq > log.ids.length + 1) stopped = `gap ${log.ids.length + 1}`;
      if (stopped !== '') break;
      const verdict = verdicts.get(mutation.id) ?? this.#decide(mutation);
      verdicts.set(mutation.id, verdict);
      if (known === undefined) log.ids.push(mutation.id);
      told.push(`${mutation.seq} ${verdict}`);
    }
    this.verdicts = verdicts;
    if (log.ids.length > 0) this.replicas = new Map(this.replicas).set(replicaId, log);
    return `${told.join(', ')}; last ${log.ids.length}; ${stopped}`;
  }

  lastOf(replicaId: string): { seq: number; id: string | undefined } {
    const ids = this.replicas.get(replicaId)?.ids ?? [];
    return { seq: ids.length, id: ids.at(-1) };
  }

  #decide(mutation: Mutation): Verdict {
    const preparation = prepare(mutation, this.accountId);
    if (!preparation.ok) return rejected(preparation.refusal);
    const read: Read = (type, id) => this.entities.get(`${type} ${id}`)?.value as never;
    const { id, at } = mutation;
    const outcome = preparation.prepared.run(read, { id, at, accountId: this.accountId, mode: 'decide' });
    if (!outcome.ok) return rejected(outcome.refusal);
    this.#write(
      outcome.writes.map((write) => ({
        type: write.type,
        id: write.id,
        value: write.op === 'put' ? write.value : undefined,
      })),
    );
    return 'applied';
  }

  #write(writes: { type: EntityType; id: string; value: unknown }[]): void {
    const entities = new Map(this.entities);
    for (const { type, id, value } of writes) {
      const key = `${type} ${id}`;
      if (value === undefined) {
        entities.delete(key);
        continue;
      }
      const parsed = entitySchemas[type].parse(value);
      entities.set(key, { type, id, value: parsed, sum: crc32(JSON.stringify(parsed)) });
    }
    this.entities = entities;
  }
}

const rejected = ({ kind }: Refusal): Verdict => `rejected ${kind}`;
