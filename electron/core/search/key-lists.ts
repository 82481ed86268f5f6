const MOST_KEPT = 6;

/**
 * Remembers the results of the last text filters, so that scrolling through one reads a slice instead of searching again. A list is good for one
 * state of the database only.
 */
export class KeyLists {
  readonly #version: () => number;
  readonly #lists = new Map<string, { version: number; keys: readonly number[] }>();

  constructor(version: () => number) {
    this.#version = version;
  }

  has(name: string): boolean {
    return this.#lists.get(name)?.version === this.#version();
  }

  get(name: string, find: () => readonly number[]): readonly number[] {
    const version = this.#version();
    const known = this.#lists.get(name);
    if (known?.version === version) return known.keys;
    const keys = find();
    this.#lists.delete(name);
    this.#lists.set(name, { version, keys });
    const oldest = this.#lists.keys().next();
    if (this.#lists.size > MOST_KEPT && !oldest.done) this.#lists.delete(oldest.value);
    return keys;
  }
}
