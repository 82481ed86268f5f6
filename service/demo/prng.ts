import { v7 } from 'uuid';
import type { Uuid } from '#shared/domain/ids.ts';

/**
 * Repeatable pseudo-random numbers: sfc32 (Chris Doty-Humphrey, PractRand), seeded with a 128-bit hash of a text.
 * Not for secrets. The same text gives the same numbers on every machine and in every version of Node.
 */
export class Prng {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(seed: string) {
    [this.#a, this.#b, this.#c, this.#counter] = hash128(seed);
    for (let i = 0; i < 12; i += 1) this.uint32();
  }

  uint32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** In [0, 1). */
  float(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('pick from an empty list');
    return item;
  }

  /** One item, each as likely as its weight. */
  weighted<T extends { weight: number }>(items: readonly T[]): T {
    let total = 0;
    for (const item of items) total += item.weight;
    let rest = this.float() * total;
    for (const item of items) {
      rest -= item.weight;
      if (rest < 0) return item;
    }
    return this.pick(items);
  }

  /** A UUIDv7 of that moment (milliseconds since 1970) whose random bits come from this sequence. */
  idAt(ms: number): Uuid {
    for (let word = 0; word < 4; word += 1) RANDOM_WORDS[word] = this.uint32();
    return v7({ msecs: ms, random: RANDOM_BYTES });
  }

  /** Expands a pattern: `#` a digit, `@` a letter that no one mistakes for a digit, `{a|b}` one of these; the rest stays. */
  fill(pattern: string): string {
    return pattern
      .replace(/\{([^{}]*)\}/g, (_, options: string) => this.pick(options.split('|')))
      .replace(/[#@]/g, (mark) => (mark === '#' ? String(this.int(0, 9)) : this.pick(LETTERS)));
  }
}

const LETTERS = [...'ABCDEFGHJKLMNPRSTVWXYZ'];
const RANDOM_WORDS = new Uint32Array(4);
const RANDOM_BYTES = new Uint8Array(RANDOM_WORDS.buffer);

/** cyrb128 (bryc, public domain): spreads a text over four words, so that near seeds give unrelated sequences. */
function hash128(text: string): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ unit, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ unit, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ unit, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ unit, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}
