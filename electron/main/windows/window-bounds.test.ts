import { expect, it } from 'vitest';
import { placeWindow } from './window-bounds.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const external = { x: 1440, y: 0, width: 2560, height: 1440 };
const at = (x: number, y: number, width = 1280, height = 820) => ({ x, y, width, height, maximized: false });

it('has a default size that fits the screen', () => {
  expect(placeWindow(undefined, [external])).toEqual({ width: 1280, height: 820 });
  expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({
    width: 1024,
    height: 700,
  });
  expect(placeWindow(undefined, [])).toEqual({ width: 1280, height: 820 });
});

it('comes back where it was, on any screen', () => {
  expect(placeWindow(at(100, 50), [laptop, external])).toEqual({ x: 100, y: 50, width: 1280, height: 820 });
  expect(placeWindow(at(1500, 100), [laptop, external])).toEqual({
    x: 1500,
    y: 100,
    width: 1280,
    height: 820,
  });
});

it('is not put on a screen that is gone', () => {
  expect(placeWindow(at(1500, 100), [laptop])).toEqual({ width: 1280, height: 820 });
  expect(placeWindow(at(-4000, -4000), [laptop])).toEqual({ width: 1280, height: 820 });
});

it('is pulled back where it hangs over the edge', () => {
  expect(placeWindow(at(1300, 800), [laptop])).toEqual({ x: 160, y: 80, width: 1280, height: 820 });
});

it('shrinks with the screen, but never below what the screens of the app need', () => {
  expect(placeWindow(at(0, 25, 2000, 1400), [laptop])).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
  expect(placeWindow(at(0, 0, 200, 100), [laptop])).toMatchObject({ width: 900, height: 600 });
});
