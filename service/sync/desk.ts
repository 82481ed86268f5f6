import { entitySchemas, type EntityType, type EntityValue } from '#shared/domain/entities.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import type { EntityRef, Read, Write } from '#shared/mutations/mutator.ts';

/**
 * The entities that a batch of mutations works on: each is read once and written once, however many mutations change it. A batch that
 * edits one large basket a hundred times would otherwise read, check and write it a hundred times.
 */
export class Desk {
  readonly #values = new Map<string, unknown>();
  readonly #writes = new Map<string, Write>();
  readonly #fetch: (ref: EntityRef) => Promise<unknown>;
  readonly #checked: boolean;

  /** With `checked`, every mutation's writes are held to their schemas at once, instead of what is left of them in the end. */
  constructor(fetch: (ref: EntityRef) => Promise<unknown>, checked: boolean) {
    this.#fetch = fetch;
    this.#checked = checked;
  }

  async prepare(refs: readonly EntityRef[]): Promise<void> {
    for (const ref of refs) {
      const name = nameOf(ref.type, ref.id);
      if (!this.#values.has(name)) this.#values.set(name, await this.#fetch(ref));
    }
  }

  /** Throws on an entity that was not prepared: a mutator that reads what it did not name is a bug. */
  readonly read: Read = <T extends EntityType>(type: T, id: Uuid) => {
    const name = nameOf(type, id);
    if (!this.#values.has(name)) throw new Error(`A mutator reads ${type} without having named it.`);
    return this.#values.get(name) as EntityValue<T> | undefined;
  };

  /** All of a mutation's writes or, when one breaks its schema (a bug: it throws), none. */
  stage(writes: readonly Write[]): void {
    if (this.#checked)
      for (const write of writes) if (write.op === 'put') entitySchemas[write.type].parse(write.value);
    for (const write of writes) {
      const name = nameOf(write.type, write.id);
      this.#values.set(name, write.op === 'put' ? write.value : undefined);
      // In the order of the last write to each.
      this.#writes.delete(name);
      this.#writes.set(name, write);
    }
  }

  get writes(): Iterable<Write> {
    return this.#writes.values();
  }
}

const nameOf = (type: EntityType, id: Uuid) => `${type}/${id}`;
