import { expect, it } from 'vitest';
import { resolveLanguage } from './language.ts';

it('follows the person, then the start, then the system, then French', () => {
  expect(resolveLanguage('en', 'fr', ['fr-FR'])).toBe('en');
  expect(resolveLanguage('system', 'en', ['fr-FR'])).toBe('en');
  expect(resolveLanguage('system', undefined, ['en-GB', 'fr-FR'])).toBe('en');
  expect(resolveLanguage('system', undefined, ['de-DE', 'fr_CA'])).toBe('fr');
  expect(resolveLanguage('system', undefined, ['de-DE', 'en-US'])).toBe('en');
  expect(resolveLanguage('system', undefined, ['de-DE'])).toBe('fr');
  expect(resolveLanguage('system', undefined, [])).toBe('fr');
});
