import type { Change } from '#shared/protocol/pull.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const CHANGES = Buffer.from('changes');
const VALUE = Buffer.from('value');

/**
 * The bytes of each change's value, cut out of the page as they came: what is kept of an entity is what the service wrote, and nothing is written
 * as JSON a second time. A page in which the places cannot be told for sure is written anew instead.
 */
export function valueBodies(page: Uint8Array, changes: readonly Change[]): (Uint8Array | undefined)[] {
  const spans = new Scanner(page).valueSpans();
  const found = spans?.length === changes.length ? spans : undefined;
  return changes.map((change, index) => {
    if (change.op === 'del') return undefined;
    const span = found?.[index];
    return span ? page.subarray(span.start, span.end) : Buffer.from(JSON.stringify(change.value));
  });
}

interface Span {
  start: number;
  end: number;
}

/** Walks through bytes that are known to be JSON. Where a key occurs twice the last one counts, as it does for JSON.parse. */
class Scanner {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    // A byte order mark, which the decoder drops as well.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
  }

  /** For each element of the page's `changes` where its `value` is; undefined when a key is written with escapes. */
  valueSpans(): (Span | undefined)[] | undefined {
    let spans: (Span | undefined)[] = [];
    const plain = this.#members(CHANGES, (isIt) => {
      if (!isIt) return this.#skipValue();
      spans = this.#changes();
      return !spans.includes(ODD);
    });
    return plain ? spans : undefined;
  }

  #changes(): (Span | undefined)[] {
    const spans: (Span | undefined)[] = [];
    this.#skipSpace();
    if (this.#bytes[this.#at] !== OPEN_BRACKET) return [ODD];
    this.#at += 1;
    for (this.#skipSpace(); this.#goesOn(CLOSE_BRACKET); this.#skipSpace()) {
      let span: Span | undefined;
      const plain = this.#members(VALUE, (isIt) => {
        this.#skipSpace();
        const start = this.#at;
        this.#skipValue();
        if (isIt) span = { start, end: this.#at };
        return true;
      });
      // Where it stopped is no place to go on from.
      if (!plain) return [ODD];
      spans.push(span);
      this.#skipSpace();
      if (this.#bytes[this.#at] === COMMA) this.#at += 1;
    }
    this.#at += 1;
    return spans;
  }

  /** Calls back at each value of an object, saying whether its key is the one looked for; false when the call says so or a key is odd. */
  #members(wanted: Uint8Array, onValue: (isIt: boolean) => boolean): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#at] !== OPEN_BRACE) return false;
    this.#at += 1;
    for (this.#skipSpace(); this.#goesOn(CLOSE_BRACE); this.#skipSpace()) {
      const start = this.#at + 1;
      const plainKey = this.#skipString();
      if (!plainKey) return false;
      const isIt = this.#is(wanted, start, this.#at - 1);
      this.#skipSpace();
      this.#at += 1; // the colon
      if (!onValue(isIt)) return false;
      this.#skipSpace();
      if (this.#bytes[this.#at] === COMMA) this.#at += 1;
    }
    this.#at += 1;
    return true;
  }

  #is(wanted: Uint8Array, start: number, end: number): boolean {
    if (end - start !== wanted.length) return false;
    for (let i = 0; i < wanted.length; i += 1) if (this.#bytes[start + i] !== wanted[i]) return false;
    return true;
  }

  /** The end of the bytes ends every loop, should they not be JSON after all. */
  #goesOn(close: number): boolean {
    return this.#at < this.#bytes.length && this.#bytes[this.#at] !== close;
  }

  #skipSpace(): void {
    while ((this.#bytes[this.#at] ?? QUOTE) <= 0x20) this.#at += 1;
  }

  /** Answers whether it holds no escape. */
  #skipString(): boolean {
    const bytes = this.#bytes;
    let plain = true;
    let at = this.#at + 1;
    for (let byte = bytes[at]; byte !== QUOTE && byte !== undefined; byte = bytes[at]) {
      if (byte === BACKSLASH) plain = false;
      at += byte === BACKSLASH ? 2 : 1;
    }
    this.#at = at + 1;
    return plain;
  }

  #skipValue(): boolean {
    this.#skipSpace();
    const bytes = this.#bytes;
    const first = bytes[this.#at];
    if (first === QUOTE) {
      this.#skipString();
    } else if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      this.#skipContainer();
    } else {
      let at = this.#at;
      for (let byte = bytes[at]; byte !== undefined && !ENDS_SCALAR.has(byte); byte = bytes[at]) at += 1;
      this.#at = at;
    }
    return true;
  }

  #skipContainer(): void {
    const bytes = this.#bytes;
    const { length } = bytes;
    let depth = 0;
    let at = this.#at;
    while (at < length) {
      const byte = bytes[at];
      at += 1;
      if (byte === QUOTE) {
        while (at < length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
        at += 1;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth += 1;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (depth === 0) break;
      }
    }
    this.#at = at;
  }
}

/** Stands for a change that cannot be read plainly. */
const ODD: Span = { start: -1, end: -1 };
const ENDS_SCALAR = new Set([COMMA, CLOSE_BRACE, CLOSE_BRACKET, 0x20, 0x09, 0x0a, 0x0d]);
