import type { Clock } from '#core/env.ts';

/** A clock that stands still until told how much time passes. */
export class ManualClock implements Clock {
  #now: number;
  #elapsed = 0;
  #timers: { at: number; callback: () => void }[] = [];

  constructor(start = Date.UTC(2026, 2, 10, 9)) {
    this.#now = start;
  }

  now = (): number => this.#now + this.#elapsed;
  monotonic = (): number => this.#elapsed;

  after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.#elapsed + Math.max(0, ms), callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Sets the computer's clock, as people do; durations do not notice. */
  set(now: number): void {
    this.#now = now - this.#elapsed;
  }

  /** Lets time pass; what is due by then is called in order. */
  advance(ms: number): void {
    const until = this.#elapsed + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.callback();
    }
    this.#elapsed = until;
  }
}
