import { expect, it } from 'vitest';
import { mayCarrySession, normalAddress } from './address.ts';

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

it.each([
  ['https://example.fr', 'https://example.fr/other', true],
  ['http://127.0.0.1:41000', 'http://localhost:42000', true],
  ['https://example.fr', 'https://example.fr.evil.example', false],
  ['https://example.fr', 'https://example.fr:8443', false],
  ['https://example.fr', 'http://127.0.0.1:8787', false],
  ['http://127.0.0.1:8787', 'https://example.fr', false],
])('carries a session from %s to %s: %s', (from, to, may) => {
  expect(mayCarrySession(from, to)).toBe(may);
});
