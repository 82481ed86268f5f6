import type { Clock } from '#core/env.ts';
import type { LockState } from '#shared/ipc/lock.ts';
import type { Settings } from '#shared/ipc/settings.ts';

export interface AutoLock {
  /** What the engine says of the lock. */
  follow: (state: Pick<LockState, 'locked' | 'code'>) => void;
  /** Something was done in our window. */
  input: () => void;
  /** The computer goes to sleep, or its screen is locked. */
  left: () => void;
  /** It is back: timers may have stood still meanwhile. */
  back: () => void;
  settingsChanged: () => void;
  /** Whether there is something to lock. */
  wanted: () => boolean;
}

const MINUTE_MS = 60_000;

/** Locks an app that is open and has a code once nobody is at it any more. */
export function createAutoLock(given: {
  clock: Clock;
  settings: () => Pick<Settings, 'lockAfterMinutes' | 'lockOnSleep'>;
  /** Asks the engine, which tells when it is done. */
  lock: () => void;
}): AutoLock {
  const { clock, settings } = given;
  let wanted = false;
  /** The engine was asked and has not answered yet. */
  let asked = false;
  let last = { now: clock.now(), monotonic: clock.monotonic() };
  let cancel: () => void = () => undefined;

  const note = (): void => {
    last = { now: clock.now(), monotonic: clock.monotonic() };
  };
  /** By the clock that shows more: one stands still while some computers sleep, the other can be set back. */
  const left = (): number => {
    const passed = Math.max(clock.now() - last.now, clock.monotonic() - last.monotonic);
    return settings().lockAfterMinutes * MINUTE_MS - passed;
  };
  const due = (): boolean => wanted && settings().lockAfterMinutes > 0 && left() <= 0;
  const after = (ms: number, run: () => void): void => {
    cancel();
    cancel = clock.after(ms, run);
  };
  const lock = (): void => {
    if (asked) return;
    asked = true;
    // Whatever kept the engine from it may have passed by then.
    after(MINUTE_MS, () => {
      asked = false;
      if (wanted) lock();
    });
    given.lock();
  };
  const look = (): void => {
    cancel();
    if (due()) lock();
    else if (wanted && settings().lockAfterMinutes > 0) after(left(), look);
  };

  return {
    follow: ({ locked, code }) => {
      const now = code !== undefined && !locked;
      if (now && !wanted) note();
      wanted = now;
      asked = false;
      look();
    },
    // What wakes the computer up is no sign that nobody was away.
    input: () => (due() ? lock() : note()),
    left: () => {
      if (wanted && settings().lockOnSleep) lock();
    },
    back: look,
    settingsChanged: look,
    wanted: () => wanted,
  };
}
