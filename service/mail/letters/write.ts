import type { Mail } from '../mail.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { htmlOf } from './html.ts';
import type { Letter } from './letter.ts';
import { textOf } from './text.ts';

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

const languages = { fr, en };

/** The shop's voice in every mail. */
const SENDER = 'Oscaro Desktop';
const SIGNATURE = {
  fr: 'Ce message est envoyé automatiquement : les réponses ne sont pas lues.',
  en: 'This message was sent by a machine: nobody reads answers to it.',
};

/** Throws when a link is no web address (a bug). */
export function writeMail(mail: Mail): WrittenMail {
  // The kind chooses the words for its own kind; TypeScript does not follow that through a table.
  const words = languages[mail.language][mail.kind] as (mail: Mail) => Letter;
  const letter = typeset(words(mail), mail.language);
  if (letter.action && !/^https?:\/\/[^\s]+$/.test(letter.action.link))
    throw new Error(`The link in a ${mail.kind} mail is no web address.`);
  const frame = {
    sender: SENDER,
    signature: spaced(SIGNATURE[mail.language], mail.language),
    language: mail.language,
  };
  return { subject: letter.subject, text: textOf(letter, frame), html: htmlOf(letter, frame) };
}

/** Read out and typed in two halves. */
export const spacedCode = (code: string) => code.replace(/^(.{4})(.{4})$/, '$1 $2');

/** French puts a no-break space before high punctuation and inside its quotation marks. */
const spaced = (text: string, language: 'fr' | 'en') =>
  language === 'fr' ? text.replace(/ (?=[:;!?»])/g, '\u00a0').replace(/« /g, '«\u00a0') : text;

function typeset(letter: Letter, language: 'fr' | 'en'): Letter {
  const set = (text: string) => spaced(text, language);
  return {
    ...letter,
    subject: set(letter.subject),
    paragraphs: letter.paragraphs.map(set),
    closing: letter.closing.map(set),
    ...(letter.code ? { code: { code: spacedCode(letter.code.code), label: set(letter.code.label) } } : {}),
  };
}
