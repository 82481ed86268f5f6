import { expect, it } from 'vitest';
import { redact } from './redact.ts';

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const opaque = 'q3VtL0x5bWVudHNPZlJhbmRvbVRva2VuQnl0ZXM1234567';

it.each([
  ['signing in camille.durand+auto@example.org failed', 'camille'],
  ['header Authorization: Bearer abc.def-123', 'abc.def-123'],
  [`got ${token}`, 'eyJ'],
  ['{"password":"correct horse"}', 'correct horse'],
  ["password='hunter2'", 'hunter2'],
  ['refresh_token=zzzyyyxxx', 'zzzyyyxxx'],
  [`answer ${opaque}`, opaque],
  ['GET https://example.org/reset?key=123456', '123456'],
  ['GET https://marie:secret@example.org/x', 'marie'],
  ['vehicle AB-123-CD', 'AB-123-CD'],
  ['call +33 6 12 34 56 78 back', '12 34 56'],
  ['call 06.12.34.56.78 back', '06.12'],
  ['at /home/camille/app/x.js', 'camille'],
  ['at C:\\Users\\Camille\\x.js', 'Camille'],
])('hides what is personal or secret in: %s', (line, secret) => {
  expect(redact(line)).not.toContain(secret);
});

it.each([
  'first screen painted screen="orders" ms=812',
  'a call failed unexpectedly call="orders.page"',
  'TypeError: x is not a function at Object.render (app://oscaro/assets/index-Dk3f9a.js:10:20)',
  'order 0190a0b0-0000-7000-8000-000000000001 skipped',
  'connect ECONNREFUSED 127.0.0.1:4000',
  '2026-11-22T09:41:00.000Z retry in 30 s',
])('leaves what a developer needs: %s', (line) => {
  expect(redact(line)).toBe(line);
});
