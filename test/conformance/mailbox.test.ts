import { describe, expect, it } from 'vitest';
import { proofIn } from './mailbox.ts';

const LINK = 'https://accounts.example/activation?token=omt_abcdefghijklmnopqrstuv&lang=fr';

describe('what a mail proves', () => {
  it.each([['K7QM2XPD'], ['K7QM-2XPD'], ['K7QM 2XPD']])(
    'is its link, and %s on a line of its own',
    (code) => {
      const text = `Bonjour Zoé,\n\nhttps://shop.example/help\n\nActiver :\n${LINK}\n\nOu :\n\n    ${code}\n\n-- \nOscaro\n`;
      expect(proofIn(text)).toEqual({ link: LINK, token: 'omt_abcdefghijklmnopqrstuv', code: 'K7QM2XPD' });
    },
  );

  it('is nothing when there is no token, or no code', () => {
    expect(
      proofIn('Bonjour\n\nhttps://shop.example/password-reset?lang=fr\n\n    K7QM2XPD\n'),
    ).toBeUndefined();
    expect(proofIn(`Bonjour\n\n${LINK}\n`)).toBeUndefined();
  });
});
