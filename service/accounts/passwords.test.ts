import { expect, it } from 'vitest';
import { makePasswords } from './passwords.ts';

it('hashes with argon2id at no less than 19 MiB and two passes', async () => {
  expect(await makePasswords().hash('Demo-2026!')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

it('works as hard for nobody as for somebody, and refuses when too many wait', async () => {
  const passwords = makePasswords({ memoryKiB: 64, passes: 1 });
  const stored = await passwords.hash('right');
  expect(await passwords.verify('right', stored)).toBe(true);
  expect(await passwords.verify('wrong', stored)).toBe(false);
  // The decoy's own password opens nothing.
  expect(await passwords.verify('the password of nobody', undefined)).toBe(false);
  const verdicts = await Promise.all(Array.from({ length: 65 }, () => passwords.verify('right', stored)));
  expect(verdicts.filter((verdict) => verdict === true)).toHaveLength(64);
  expect(verdicts.at(-1)).toBe('busy');
});
