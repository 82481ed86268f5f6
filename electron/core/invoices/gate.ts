/** Lets so many pieces of work run at once; the others wait their turn. */
export class Gate {
  readonly #atOnce: number;
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
    this.#free = atOnce;
  }

  /** Nothing is under way, and nothing waits. */
  get idle(): boolean {
    return this.#free === this.#atOnce;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resume) => this.#waiting.push(resume));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place is handed on, so nobody slips in between.
      if (next) next();
      else this.#free += 1;
    }
  }
}
