import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDeepLinks, parseDeepLink } from './deep-link.ts';

const known = ['activated', 'password-reset', 'email-changed'] as const;

it.each(known)('understands %s, as browsers and systems write it', (word) => {
  expect(parseDeepLink(`oscaro-desktop://${word}`)).toBe(word);
  expect(parseDeepLink(`oscaro-desktop://${word}/`)).toBe(word);
  expect(parseDeepLink(`OSCARO-DESKTOP://${word.toUpperCase()}`)).toBe(word);
});

it.each([
  '',
  'oscaro-desktop:',
  'oscaro-desktop://',
  'oscaro-desktop:activated',
  'oscaro-desktop:/activated',
  'oscaro-desktop:///activated',
  'oscaro-desktop://activated//',
  'oscaro-desktop://activated/../password-reset',
  'oscaro-desktop://activated/%2e%2e',
  'oscaro-desktop://activated?email=a@example.org',
  'oscaro-desktop://activated/?token=x',
  'oscaro-desktop://activated#password-reset',
  'oscaro-desktop://me@activated',
  'oscaro-desktop://me:secret@activated',
  'oscaro-desktop://activated:443',
  'oscaro-desktop://activated.',
  'oscaro-desktop://activated.example.org',
  'oscaro-desktop://www.activated',
  'oscaro-desktop://activate',
  'oscaro-desktop://activatedd',
  'oscaro-desktop://act%69vated',
  'oscaro-desktop://аctivated',
  'oscaro-desktop://activated\u0000',
  'oscaro-desktop://activated\n',
  'oscaro-desktop://activated\r\n--inspect',
  'oscaro-desktop://activated ',
  ' oscaro-desktop://activated',
  'oscaro-desktop://activated\u202e',
  'oscaro-desktop://activated" --remote-debugging-port=9222 "',
  'oscaro-desktop\\://activated',
  'oscaro-desktop:\\\\activated',
  'xoscaro-desktop://activated',
  'oscaro-desktop://oscaro-desktop://activated',
  'https://activated',
  'file:///etc/passwd',
  'javascript:alert(1)',
])('understands nothing else: %j', (address) => {
  expect(parseDeepLink(address)).toBeUndefined();
});

it('is not troubled by a very long one', () => {
  expect(parseDeepLink(`oscaro-desktop://${'activated'.repeat(100_000)}`)).toBeUndefined();
});

it('understands no link that carries anything besides its word', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...known),
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      (word, more, before) => {
        fc.pre(more !== '/');
        expect(parseDeepLink(`oscaro-desktop://${word}${more}`)).toBeUndefined();
        if (before !== '') expect(parseDeepLink(`${before}oscaro-desktop://${word}`)).toBeUndefined();
      },
    ),
  );
});

function links() {
  const logged: string[] = [];
  let told = 0;
  const found = createDeepLinks(
    () => (told += 1),
    (level, message, fields) => logged.push(JSON.stringify([level, message, fields])),
  );
  return { ...found, logged, told: () => told };
}

it('finds a link among the arguments of a start and hands it out once', () => {
  const { arrived, take, told } = links();
  arrived(['/opt/oscaro', '--no-sandbox', '--', 'oscaro-desktop://activated']);
  expect(told()).toBe(1);
  expect(take()).toBe('activated');
  expect(take()).toBeUndefined();
});

it('keeps the newest of several links', () => {
  const { arrived, take } = links();
  arrived(['oscaro-desktop://activated']);
  arrived(['oscaro-desktop://email-changed']);
  expect(take()).toBe('email-changed');
});

it('is silent about starts without a link, and logs a bad one without repeating it', () => {
  const { arrived, take, told, logged } = links();
  arrived(['/opt/oscaro', 'https://example.org', '/home/camille/oscaro-desktop://activated']);
  expect(logged).toEqual([]);
  arrived(['oscaro-desktop://activated?secret=4711']);
  expect([take(), told()]).toEqual([undefined, 0]);
  expect(logged).toHaveLength(1);
  expect(logged.join()).not.toContain('4711');
});
