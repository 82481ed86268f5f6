import { expect, it } from 'vitest';
import { allowedExternalUrl, createExternalOpener } from './external.ts';

it('lets through what each purpose calls for', () => {
  expect(allowedExternalUrl('tracking', 'https://www.laposte.fr/outils/suivre-vos-envois?code=6A123')).toBe(
    'https://www.laposte.fr/outils/suivre-vos-envois?code=6A123',
  );
  expect(allowedExternalUrl('mail', 'mailto:aide@example.org')).toBe('mailto:aide@example.org');
  expect(allowedExternalUrl('phone', 'tel:+33123456789')).toBe('tel:+33123456789');
});

it.each([
  'http://www.laposte.fr/',
  'file:///etc/passwd',
  'smb://host/share',
  'javascript:alert(1)',
  'data:text/html,x',
  'ms-msdt:/id',
  'vscode://x',
  'app://oscaro/index.html',
  'https://www.laposte.fr@evil.org/',
  'https://user:pass@www.laposte.fr/',
  'https://www.laposte.fr:8443/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://2130706433/',
  'https://localhost/',
  'https://printer.local/',
  'https://intranet/',
  'https://xn--lapste-jta.fr/',
  'https://lapоste.fr/',
  'https://www.laposte.fr/\u0000',
  ' https://www.laposte.fr/',
  'https://www.laposte.fr/ x',
  'mailto:aide@example.org',
  'www.laposte.fr',
  '',
  `https://example.org/${'x'.repeat(2000)}`,
])('opens no tracking page at %s', (url) => {
  expect(allowedExternalUrl('tracking', url)).toBeUndefined();
});

it('keeps mail and phone to an address and a number', () => {
  expect(allowedExternalUrl('mail', 'mailto:a@example.org?attach=/etc/passwd')).toBeUndefined();
  expect(allowedExternalUrl('mail', 'mailto:a@example.org,b@example.org')).toBeUndefined();
  expect(allowedExternalUrl('phone', 'tel:*#06#')).toBeUndefined();
});

it.each(['http://127.0.0.1:4001/', 'http://localhost:4001/'])('opens the inbox of the demo at %s', (url) => {
  expect(allowedExternalUrl('inbox', url)).toBe(url);
});

it.each([
  'https://127.0.0.1:4001/',
  'http://127.0.0.1/',
  'http://127.0.0.1:4001/other',
  'http://127.0.0.1:4001/?page',
  'http://me@127.0.0.1:4001/',
  'http://127.0.0.1.example.org:4001/',
  'http://192.168.1.2:4001/',
])('opens no inbox at %s', (url) => {
  expect(allowedExternalUrl('inbox', url)).toBeUndefined();
});

it('hands nothing refused to the system', async () => {
  const opened: string[] = [];
  const open = createExternalOpener(
    (url) => {
      opened.push(url);
      return Promise.resolve();
    },
    () => undefined,
  );
  expect(await open('tracking', 'file:///etc/passwd')).toBe(false);
  expect(await open('tracking', 'https://example.org/parcel')).toBe(true);
  expect(opened).toEqual(['https://example.org/parcel']);
});
