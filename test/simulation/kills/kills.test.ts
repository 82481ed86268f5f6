import { expect, it } from 'vitest';
import { killAtEach } from './play-kills.ts';

/** All of them: npm run simulate -- --kills */
it('loses nothing and does nothing twice when it is killed at any event', { timeout: 300_000 }, async () => {
  expect(await killAtEach(12)).toEqual([]);
});
