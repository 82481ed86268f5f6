import { expect, it } from 'vitest';
import { safeFileName } from './file-name.ts';

it.each([
  ['FA-2026-000123', 'FA-2026-000123'],
  ['Facture n° 12/2026', 'Facture n- 12-2026'],
  ['été', 'été'],
  ['../../etc/passwd', 'etc-passwd'],
  ['..', 'fallback'],
  ['', 'fallback'],
  ['CON', 'fallback'],
  ['nul.pdf', 'fallback'],
  ['a\u0000b\nc', 'a-b-c'],
  ['trailing. ', 'trailing'],
  ['x'.repeat(300), 'x'.repeat(100)],
])('%j becomes %j', (wanted, name) => {
  expect(safeFileName(wanted, 'fallback')).toBe(name);
});
