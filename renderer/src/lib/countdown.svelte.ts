const TICK_MS = 250;

/** Seconds until something may be tried again. Counts by the clock that nobody can set, so that sleep and late timers do no harm. */
export class Countdown {
  left = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `over` is called once, when the time is up. */
  start(seconds: number, over: () => void = () => undefined): void {
    this.stop();
    if (seconds <= 0) return;
    const until = performance.now() + seconds * 1000;
    this.left = Math.ceil(seconds);
    this.#timer = setInterval(() => {
      this.left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      if (this.left > 0) return;
      this.stop();
      over();
    }, TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.left = 0;
  }
}
