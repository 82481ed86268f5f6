/**
 * Measuring of durations inside the engine (slices of long transactions, slow statements) by a clock that a seed decides: it moves a little
 * with each look, more in worlds of slow computers, where transactions pause between two rows.
 */
export class StillClock {
  #now = 0;
  #step = 0.001;
  readonly #real = performance.now.bind(performance);

  install(): void {
    performance.now = () => (this.#now += this.#step);
  }

  uninstall(): void {
    performance.now = this.#real;
  }

  reset(stepMs: number): void {
    this.#now = 0;
    this.#step = stepMs;
  }

  real(): number {
    return this.#real();
  }
}
