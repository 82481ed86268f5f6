import { afterEach, describe, expect, it } from 'vitest';
import { AppErrorKind } from '#shared/ipc/errors.ts';
import { wordsFor } from './errors.ts';
import { language } from './language.svelte.ts';

afterEach(() => {
  language.current = 'fr';
});

describe('error table', () => {
  it.each(AppErrorKind.options)('says what happened and what it means in both languages: %s', (kind) => {
    const french = wordsFor({ kind });
    language.current = 'en';
    const english = wordsFor({ kind });
    for (const { title, meaning } of [french, english]) {
      expect(title).toMatch(/^\p{Lu}.*\.$/u);
      expect(meaning).toMatch(/^\p{Lu}.*\.$/u);
    }
    expect(english.title).not.toBe(french.title);
    expect(english.meaning).not.toBe(french.meaning);
  });

  it('never uses the same words for two failures', () => {
    const titles = AppErrorKind.options.map((kind) => wordsFor({ kind }).title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
