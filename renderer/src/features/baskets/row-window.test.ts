import { expect, it } from 'vitest';
import { rowsInWindow } from './row-window.ts';

it('are the rows that the view cuts, and some beyond its edges', () => {
  expect(rowsInWindow(5000, 50, 10_000, 500, 100)).toEqual({ from: 198, to: 212 });
});

it('never leave the list, wherever it is scrolled', () => {
  expect(rowsInWindow(5, 50, -300, 600, 100)).toEqual({ from: 0, to: 5 });
  expect(rowsInWindow(5, 50, 9000, 600, 100)).toEqual({ from: 5, to: 5 });
  expect(rowsInWindow(100, 50, -900, 600, 100)).toEqual({ from: 0, to: 0 });
});
