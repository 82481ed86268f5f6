import type { Clock } from '#core/env.ts';

interface Timer {
  at: number;
  callback: () => void;
  owner: VirtualClock;
}

/** The time of a simulated world: it passes only when told, and what is due is then called in order. */
export class VirtualTime {
  /** Milliseconds since the world began. */
  elapsed = 0;
  readonly start: number;
  readonly #timers = new Set<Timer>();

  constructor(start = Date.UTC(2026, 2, 10, 9)) {
    this.start = start;
  }

  now(): number {
    return this.start + this.elapsed;
  }

  /**
   * Time passes as for a computer that sleeps: what falls due meanwhile is called once, at the end. What those calls put on the clock waits
   * for the next time.
   */
  async pass(ms: number, settle: () => Promise<void>): Promise<void> {
    this.elapsed += ms;
    const due = [...this.#timers].filter(({ at }) => at <= this.elapsed).sort((a, b) => a.at - b.at);
    for (const timer of due) {
      if (!this.#timers.delete(timer)) continue;
      timer.callback();
      await settle();
    }
  }

  add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  countOf(owner: VirtualClock): number {
    return [...this.#timers].filter((timer) => timer.owner === owner).length;
  }

  /** How far away the latest timer of that clock is. */
  latestOf(owner: VirtualClock): number {
    return Math.max(
      0,
      ...[...this.#timers].filter((timer) => timer.owner === owner).map(({ at }) => at - this.elapsed),
    );
  }

  drop(owner: VirtualClock): void {
    for (const timer of this.#timers) if (timer.owner === owner) this.#timers.delete(timer);
  }
}

/** The clock of one process: people set it wrong, its timers end with the process. */
export class VirtualClock implements Clock {
  readonly #time: VirtualTime;
  readonly #offset: () => number;
  #stopped = false;

  constructor(time: VirtualTime, offset: () => number) {
    this.#time = time;
    this.#offset = offset;
  }

  now = (): number => this.#time.now() + this.#offset();
  monotonic = (): number => this.#time.elapsed;
  after = (ms: number, callback: () => void): (() => void) => {
    if (this.#stopped) return () => undefined;
    return this.#time.add({ at: this.#time.elapsed + Math.max(0, ms), callback, owner: this });
  };

  stop(): void {
    this.#stopped = true;
    this.#time.drop(this);
  }
}
