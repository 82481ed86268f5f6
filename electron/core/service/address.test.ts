import { expect, it } from 'vitest';
import { normalAddress } from './address.ts';

it.each([
  ['compte.example.fr', 'https://compte.example.fr'],
  ['  https://Compte.Example.fr/  ', 'https://compte.example.fr'],
  ['https://example.fr/pieces/api//', 'https://example.fr/pieces/api'],
  ['https://example.fr:8443/?x=1#y', 'https://example.fr:8443'],
  ['localhost:8787', 'http://localhost:8787'],
  ['http://127.0.0.1:8787/', 'http://127.0.0.1:8787'],
  ['http://[::1]:8787', 'http://[::1]:8787'],
])('makes %s to %s', (typed, url) => {
  expect(normalAddress(typed)).toBe(url);
});

it.each([
  '',
  'http://example.fr',
  'http://127.0.0.1.example.fr',
  'ftp://example.fr',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://someone:secret@example.fr',
  'two words',
  'https://exa\\mple.fr',
  'https://',
])('refuses %s', (typed) => {
  expect(normalAddress(typed)).toBeUndefined();
});
