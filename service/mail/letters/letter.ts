import type { Mail, MailKind } from '../mail.ts';

/** What a mail says, before it is set as text and as HTML. All of it is plain text that may hold anything. */
export interface Letter {
  subject: string;
  greeting: string;
  paragraphs: string[];
  /** Who, where, when: short lines. */
  facts?: { label: string; value: string }[];
  action?: { label: string; link: string };
  code?: { label: string; code: string };
  /** Smaller, at the end. */
  closing: string[];
}

/** What stands around every letter. */
export interface Frame {
  sender: string;
  signature: string;
  language: 'fr' | 'en';
}

type MailOf<K extends MailKind> = Extract<Mail, { kind: K }>;
/** One language's letters: a kind without its words does not compile. */
export type Letters = { [K in MailKind]: (mail: MailOf<K>) => Letter };

/** Windows, as people know it. */
export const platformName = (platform: string): string =>
  ({ windows: 'Windows', macos: 'macOS', linux: 'Linux' })[platform] ?? platform;
