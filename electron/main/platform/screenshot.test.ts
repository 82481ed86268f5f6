import { expect, it } from 'vitest';
import { isOneColour } from './screenshot.ts';

it('tells an empty window from one with content by any pixel of it', () => {
  const empty = Buffer.alloc(4 * 100, 0xf6);
  expect(isOneColour(empty)).toBe(true);
  for (const pixel of [0, 50, 99]) {
    const drawn = Buffer.from(empty);
    drawn.writeUInt32LE(0xff20140f, pixel * 4);
    expect(isOneColour(drawn)).toBe(false);
  }
});
