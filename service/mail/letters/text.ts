import type { Frame, Letter } from './letter.ts';

/** The mail for whoever reads without HTML; the link stands on a line of its own. */
export function textOf(letter: Letter, { sender, signature, language }: Frame): string {
  const { greeting, paragraphs, facts = [], action, code, closing } = letter;
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  const blocks = [
    oneLine(greeting),
    ...paragraphs,
    facts.map(({ label, value }) => `${label}${colon}${oneLine(value)}`).join('\n'),
    action ? `${action.label}${colon}\n${action.link}` : '',
    code ? `${code.label}\n\n    ${code.code}` : '',
    ...closing,
    `-- \n${sender}\n${signature}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** What people typed must not look like a paragraph of ours. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
