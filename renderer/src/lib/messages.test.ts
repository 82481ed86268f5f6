import { describe, expect, it } from 'vitest';
import englishFile from '../../../resources/i18n/app/en.json';
import frenchFile from '../../../resources/i18n/app/fr.json';

type Variants = [{ declarations: string[]; selectors: string[]; match: Record<string, string> }];
type Messages = Record<string, string | Variants>;

const french = frenchFile as unknown as Messages;
const english = englishFile as unknown as Messages;

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
