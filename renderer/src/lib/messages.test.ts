import { describe, expect, it } from 'vitest';

type Variants = [{ declarations: string[]; selectors: string[]; match: Record<string, string> }];
type Messages = Record<string, string | Variants>;

const files = import.meta.glob<Messages>(
  ['../../../resources/i18n/*/{fr,en}.json', '!../../../resources/i18n/shell/*'],
  { eager: true, import: 'default' },
);
const inLanguage = (language: 'fr' | 'en'): [string, string | Variants][] =>
  Object.entries(files)
    .filter(([path]) => path.endsWith(`/${language}.json`))
    .flatMap(([, messages]) => Object.entries(messages))
    .filter(([key]) => key !== '$schema');
const french = Object.fromEntries(inLanguage('fr'));
const english = Object.fromEntries(inLanguage('en'));

const texts = (message: string | Variants): string[] =>
  typeof message === 'string' ? [message] : Object.values(message[0].match);
const inputs = (message: string | Variants): string[] =>
  [
    ...new Set(
      texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')),
    ),
  ].sort();
const all = (messages: Messages): [string, string][] =>
  Object.entries(messages).flatMap(([key, message]) =>
    texts(message).map((text): [string, string] => [key, text]),
  );

describe('messages', () => {
  it('have names of their own, whichever file they are in', () => {
    expect(inLanguage('fr').length).toBe(Object.keys(french).length);
  });

  it('exist in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(french).sort());
  });

  it.each(Object.keys(french))('take the same facts in both languages: %s', (key) => {
    expect(inputs(english[key] ?? '')).toEqual(inputs(french[key] ?? ''));
  });

  it('follow French typography', () => {
    const wrong = all(french).filter(([, text]) => /['"]|\.\.\.| [:;!?»]|« |[^\u00a0\u202f]»/.test(text));
    expect(wrong).toEqual([]);
  });

  it('follow English typography', () => {
    const wrong = all(english).filter(([, text]) => /['"«»\u00a0\u202f]|\.\.\.| [:;!?]/.test(text));
    expect(wrong).toEqual([]);
  });
});
