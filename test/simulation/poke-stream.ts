/** A stream of hints that the world feeds. */
export class PokeStream implements AsyncIterable<Uint8Array> {
  readonly #waiting: Buffer[] = [];
  #wake: () => void = () => undefined;
  #ended = false;

  poke(): void {
    this.#waiting.push(Buffer.from('event: poke\ndata: 1\n\n'));
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  get ended(): boolean {
    return this.#ended;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next) yield next;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
