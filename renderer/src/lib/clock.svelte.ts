import { shopDay } from './today.ts';

/** The time on screen. It ticks every ten seconds: enough for "3 minutes ago" and for a day that ends. */
class Clock {
  now = $state(Date.now());
  readonly today = $derived(shopDay(this.now));

  start(): () => void {
    const timer = setInterval(() => (this.now = Date.now()), 10_000);
    return () => {
      clearInterval(timer);
    };
  }
}

export const clock = new Clock();
