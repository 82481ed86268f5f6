/**
 * Repeatable pseudo-random numbers: sfc32 (Chris Doty-Humphrey, PractRand) from a whole number. Every choice of a simulation comes from one
 * of these, so that its seed decides all of it.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream = 0) {
    [this.#a, this.#b, this.#c] = [seed | 0, Math.imul(stream + 1, 0x9e3779b9), ~seed];
    for (let i = 0; i < 15; i += 1) this.next();
  }

  /** A 32-bit number. */
  next(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** 0 ≤ n < 1. */
  float(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** A whole number, both ends included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[this.int(0, items.length - 1)] as T;
  }

  /** One of these, or undefined when there is none. */
  maybe<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : this.pick(items);
  }

  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T {
    let rest = this.float() * items.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of items) {
      rest -= weight;
      if (rest < 0) return item;
    }
    return this.pick(items)[1];
  }

  /** A UUIDv7 of that moment. */
  id(ms: number): string {
    const hex = (words: number): string =>
      Array.from({ length: words }, () => this.next().toString(16).padStart(8, '0')).join('');
    const random = hex(3);
    const time = ms.toString(16).padStart(12, '0');
    const variant = '89ab'[this.int(0, 3)] ?? '8';
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(3, 6)}-${random.slice(6, 18)}`;
  }
}
