import { expect, it } from 'vitest';
import { ManualClock } from '#test/support/manual-clock.ts';
import { createAutoLock } from './auto-lock.ts';

const MINUTE = 60_000;
const open = { locked: false, code: 'pin' } as const;
const locked = { locked: true, code: 'pin' } as const;

function app(start: { lockAfterMinutes?: number; lockOnSleep?: boolean } = {}) {
  const clock = new ManualClock();
  const settings = { lockAfterMinutes: 15, lockOnSleep: true, ...start };
  let asked = 0;
  const auto = createAutoLock({ clock, settings: () => settings, lock: () => (asked += 1) });
  return { clock, settings, auto, asked: () => asked };
}

it('locks after so many minutes without anything done', () => {
  const { clock, auto, asked } = app();
  auto.follow(open);
  clock.advance(14 * MINUTE);
  auto.input();
  clock.advance(15 * MINUTE - 1);
  expect(asked()).toBe(0);
  clock.advance(1);
  expect(asked()).toBe(1);
});

it('counts from the moment the app was opened, not from what was done before', () => {
  const { clock, auto, asked } = app();
  auto.follow(locked);
  clock.advance(60 * MINUTE);
  expect(asked()).toBe(0);
  auto.follow(open);
  clock.advance(14 * MINUTE);
  expect(asked()).toBe(0);
  clock.advance(MINUTE);
  expect(asked()).toBe(1);
});

it.each([
  ['without a code', { locked: false }],
  ['when it is locked already', locked],
] as const)('does nothing %s', (_, state) => {
  const { clock, auto, asked } = app();
  auto.follow(state);
  auto.left();
  clock.advance(24 * 60 * MINUTE);
  auto.input();
  auto.back();
  expect(asked()).toBe(0);
  expect(auto.wanted()).toBe(false);
});

it('locks when the computer is left, if that is wanted', () => {
  const { settings, auto, asked } = app({ lockAfterMinutes: 0, lockOnSleep: false });
  auto.follow(open);
  auto.left();
  expect(asked()).toBe(0);
  settings.lockOnSleep = true;
  auto.left();
  expect(asked()).toBe(1);
});

it('never locks by time when that is chosen', () => {
  const { clock, auto, asked } = app({ lockAfterMinutes: 0 });
  auto.follow(open);
  clock.advance(24 * 60 * MINUTE);
  auto.input();
  auto.back();
  expect(asked()).toBe(0);
});

it('follows another choice at once', () => {
  const { clock, settings, auto, asked } = app({ lockAfterMinutes: 60 });
  auto.follow(open);
  clock.advance(10 * MINUTE);
  settings.lockAfterMinutes = 30;
  auto.settingsChanged();
  clock.advance(20 * MINUTE);
  expect(asked()).toBe(1);
});

it('counts a sleep for which the timers stood still', () => {
  const back = app({ lockOnSleep: false });
  back.auto.follow(open);
  back.clock.set(back.clock.now() + 8 * 60 * MINUTE);
  back.auto.back();
  expect(back.asked()).toBe(1);
});

it('is not kept open by the key that wakes the computer up', () => {
  const { clock, auto, asked } = app({ lockOnSleep: false });
  auto.follow(open);
  clock.set(clock.now() + 8 * 60 * MINUTE);
  auto.input();
  expect(asked()).toBe(1);
});

it('is not held up by a date that is set back', () => {
  const { clock, auto, asked } = app();
  auto.follow(open);
  clock.set(clock.now() - 24 * 60 * MINUTE);
  clock.advance(15 * MINUTE);
  expect(asked()).toBe(1);
});

it('asks once while the engine is at it, and again a minute later when nothing came of it', () => {
  const { clock, auto, asked } = app();
  auto.follow(open);
  clock.advance(15 * MINUTE);
  auto.input();
  auto.left();
  expect(asked()).toBe(1);
  clock.advance(MINUTE);
  expect(asked()).toBe(2);
  clock.advance(MINUTE);
  expect(asked()).toBe(3);
  auto.follow(locked);
  clock.advance(60 * MINUTE);
  expect(asked()).toBe(3);
});
