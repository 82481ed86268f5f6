import { describe, expect, it } from 'vitest';
import { parseQuantity, stepped } from './quantity.ts';

describe('a typed quantity', () => {
  it.each([
    ['1', 1],
    [' 12 ', 12],
    ['1\u202f000', 1000],
    ['2,0', 2],
    ['+3', 3],
    ['9999', 9999],
  ])('%j is %i', (text, value) => {
    expect(parseQuantity(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['deux', 'not_a_number'],
    ['2 x', 'not_a_number'],
    ['0x10', 'not_a_number'],
    ['Infinity', 'not_a_number'],
    ['2,5', 'not_whole'],
    ['0.1', 'not_whole'],
    ['1e-5', 'not_whole'],
    ['-1', 'negative'],
    ['−1', 'negative'],
    ['0', 'zero'],
    ['-0', 'zero'],
    ['10000', 'too_many'],
    ['1e9', 'too_many'],
    ['1e999', 'too_many'],
  ])('%j is wrong: %s', (text, problem) => {
    expect(parseQuantity(text)).toEqual({ ok: false, problem });
  });
});

describe('a step', () => {
  it('goes on from what is typed, within what a line may hold', () => {
    expect(stepped('4', 1, 2)).toBe(5);
    expect(stepped('1', -1, 2)).toBe(1);
    expect(stepped('9999', 1, 2)).toBe(9999);
  });

  it('starts from what stood before when something else is typed', () => {
    expect(stepped('x', 1, 2)).toBe(3);
    expect(stepped('0', -1, 2)).toBe(1);
  });
});
