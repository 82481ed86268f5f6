import { describe, expect, it } from 'vitest';
import type { Mail, MailKind } from '../mail.ts';
import { writeMail } from './write.ts';

const AT = '2026-07-14T21:30:00.000Z';
const NASTY = `<b>"Jean" & 'Zoé'</b>\r\nBcc: victim@example.org`;
const LINK = 'https://service.example/page?token=abcdefghijklmnopqrstuv&lang=fr';
type Content<M> = M extends Mail ? Omit<M, 'to' | 'language'> : never;

/** Each kind with the most hostile data that the contract lets through. */
const contents: { [K in MailKind]: Extract<Content<Mail>, { kind: K }>[] } = {
  activation: [{ kind: 'activation', link: LINK, code: 'ABCD2345', firstName: NASTY, hours: 24 }],
  already_customer: [{ kind: 'already_customer', resetLink: LINK, code: 'ABCD2345', minutes: 30 }],
  password_reset: [{ kind: 'password_reset', link: LINK, code: 'ABCD2345', minutes: 1 }],
  password_changed: [
    { kind: 'password_changed', at: AT, deviceName: NASTY, resetLink: LINK },
    { kind: 'password_changed', at: AT, resetLink: LINK },
  ],
  new_device: [{ kind: 'new_device', at: AT, deviceName: NASTY, platform: 'macos' }],
  suspicious_sign_in: [{ kind: 'suspicious_sign_in', at: AT, deviceName: NASTY }],
  email_change: (['old', 'new'] as const).map((role) => ({
    kind: 'email_change',
    role,
    oldEmail: `o'brien&co@example.org`,
    newEmail: 'new@example.org',
    link: LINK,
    hours: 24,
  })),
  email_changed: [{ kind: 'email_changed', oldEmail: `o'brien&co@example.org`, newEmail: 'new@example.org' }],
  deletion_requested: [{ kind: 'deletion_requested', deletedAt: AT }],
  deletion_cancelled: [{ kind: 'deletion_cancelled' }],
  account_deleted: [{ kind: 'account_deleted' }],
};

const cases = Object.values(contents)
  .flat()
  .flatMap((content) =>
    (['fr', 'en'] as const).map((language) => ({
      ...content,
      language,
      to: 'camille@example.org',
      name: `${content.kind} ${'role' in content ? content.role : ''} ${language}`,
    })),
  );

describe.each(cases)('$name', ({ name: _name, ...mail }) => {
  const { subject, text, html } = writeMail(mail);

  it('is whole in both forms, in one language', () => {
    expect(html).toContain(`<html lang="${mail.language}">`);
    for (const form of [subject, text, html]) {
      expect(form).not.toMatch(/undefined|null|NaN|\[object|Invalid Date/);
      if (mail.language === 'en') expect(form).not.toMatch(/[«»]|\b(votre|compte|adresse)\b/i);
      else expect(form).not.toMatch(/\b(your|account|address|password)\b/i);
    }
  });

  it('keeps the subject to one line of our own words', () => {
    expect(subject).toMatch(/^[^\r\n<>]{5,60}$/);
  });

  it('lets nothing that somebody typed become markup, or a paragraph', () => {
    const ours = /<\/?(?:html|head|meta|title|style|body|table|tr|td|h1|p|a)\b[^>]*>|<!doctype html>/g;
    expect(html.replace(ours, '')).not.toMatch(/[<>]/);
    expect(text).not.toContain('\r');
    expect(text).not.toMatch(/^Bcc/m);
  });

  it('loads nothing from elsewhere', () => {
    expect(html).not.toMatch(/\b(src|background)=|url\(|@import|<(script|img|link|form)\b/i);
  });

  it('has its link as a button and as an address, and its code in two halves', () => {
    const link = 'link' in mail ? mail.link : 'resetLink' in mail ? mail.resetLink : undefined;
    const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.replaceAll('&amp;', '&'));
    expect(hrefs).toEqual(link === undefined ? [] : [link, link]);
    if (link !== undefined) expect(text.split('\n')).toContain(link);
    if ('code' in mail) for (const form of [text, html]) expect(form).toContain('ABCD 2345');
  });
});

describe('writeMail', () => {
  const write = (mail: Content<Mail>, language: 'fr' | 'en') =>
    writeMail({ ...mail, language, to: 'a@example.org' });

  it('tells the hour of the shop, and says so', () => {
    const content = contents.suspicious_sign_in[0]!;
    expect(write(content, 'fr').text).toContain('14 juillet 2026 à 23:30 (heure de Paris)');
    expect(write(content, 'en').text).toContain('14 July 2026 at 23:30 (Paris time)');
    expect(write(contents.deletion_requested[0]!, 'fr').text).toContain('le 14 juillet 2026.');
  });

  it('counts in words', () => {
    expect(write(contents.password_reset[0]!, 'fr').text).toContain('valables 1 minute et');
    expect(write(contents.already_customer[0]!, 'en').text).toContain('valid for 30 minutes.');
  });

  it('sets French with its no-break spaces', () => {
    expect(write(contents.activation[0]!, 'fr').text).toContain('l’application\u00a0:');
    expect(write(contents.activation[0]!, 'fr').html).toContain('de compte\u00a0?');
  });

  it('refuses to send people to what is no web address', () => {
    const link = 'javascript:alert(1)';
    expect(() =>
      write({ kind: 'activation', link, code: 'ABCD2345', firstName: 'A', hours: 1 }, 'fr'),
    ).toThrow('no web address');
  });
});
