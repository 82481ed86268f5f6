import { describe, expect, it } from 'vitest';
import { readSenderAddress } from './sender-address.ts';
import { readSmtpUrl } from './smtp-url.ts';

describe('readSmtpUrl', () => {
  it('knows the usual ports and what is in an address', () => {
    expect(readSmtpUrl('smtp://mail.example')).toMatchObject({
      host: 'mail.example',
      port: 587,
      implicitTls: false,
    });
    expect(readSmtpUrl('smtps://mail.example')).toMatchObject({ port: 465, implicitTls: true });
    expect(readSmtpUrl('smtp://me%40example.org:p%3Aw@[::1]:2525/')).toEqual({
      host: '::1',
      port: 2525,
      implicitTls: false,
      plainAllowed: true,
      login: { user: 'me@example.org', password: 'p:w' },
    });
  });

  it.each([
    ['smtp://127.0.0.1:25', true],
    ['smtp://localhost', true],
    ['smtp://mailpit:1025', true],
    ['smtp://10.1.2.3', true],
    ['smtp://172.20.0.9', true],
    ['smtp://172.32.0.9', false],
    ['smtp://[fd12::1]', true],
    ['smtp://8.8.8.8', false],
    ['smtp://mail.example', false],
    ['smtp://me:secret@mailpit', false],
    ['smtp://me:secret@127.0.0.1', true],
    ['smtp://mail.example?requireTLS=false', true],
    ['smtp://localhost?requireTLS=true', false],
  ])('decides for %s whether mail may leave in the clear: %s', (url, plain) => {
    expect(readSmtpUrl(url)?.plainAllowed).toBe(plain);
  });

  it.each([
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtp://mail.example/path',
    'smtp://mail.example?tls=no',
    'smtp://mail.example?requireTLS=maybe',
    'smtp://100%:pw@mail.example',
    'smtp://mail.example:99999',
  ])('does not take %s', (url) => {
    expect(readSmtpUrl(url)).toBeUndefined();
  });
});

describe('readSenderAddress', () => {
  it('reads an address with or without a name', () => {
    expect(readSenderAddress('a@example.org')).toEqual({ name: '', address: 'a@example.org' });
    expect(readSenderAddress(' "Oscaro, Ltd" <a@example.org> ')).toEqual({
      name: 'Oscaro, Ltd',
      address: 'a@example.org',
    });
  });

  it.each(['Oscaro', 'Oscaro <a@b', 'A <a@example.org> <b@example.org>', 'A\r\nBcc: x <a@example.org>'])(
    'does not take %j',
    (text) => {
      expect(readSenderAddress(text)).toBeUndefined();
    },
  );
});
