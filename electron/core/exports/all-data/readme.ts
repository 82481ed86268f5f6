import * as m from '#shared/i18n/generated/messages.js';
import { toInstant } from '#shared/domain/calendar.ts';
import type { Part } from './parts.ts';
import type { DataSource } from './source.ts';

export interface Written {
  parts: readonly Pick<Part, 'name' | 'meaning'>[];
  invoices: { folder: string; here: number; missing: number };
  /** Whether the service has told what it keeps beyond what is here. */
  account: boolean;
}

/** Says what each file is and what is missing, for whoever opens the archive in ten years. */
export function readme({ language, now }: DataSource, email: string, written: Written): string {
  const locale = { locale: language };
  const { parts, invoices, account } = written;
  const made = toInstant(now());
  const lines = [
    m.data_readme_title({}, locale),
    m.data_readme_made({ email, day: made.slice(0, 10), time: made.slice(11, 16) }, locale),
    '',
    m.data_readme_formats({}, locale),
    '',
    ...parts.map(({ name, meaning }) => `${name}\n    ${meaning}`),
    `${invoices.folder}/\n    ${m.data_about_pdfs({ count: invoices.here }, locale)}`,
    '',
    m.data_readme_missing({}, locale),
    ...missing({ invoices, account }, locale).map((line) => `- ${line}`),
    '',
    m.data_readme_rights({}, locale),
  ];
  // Every editor of every system shows these line ends.
  return `${lines.join('\n').replaceAll('\n', '\r\n')}\r\n`;
}

function missing(
  { invoices, account }: Pick<Written, 'invoices' | 'account'>,
  locale: { locale: DataSource['language'] },
): string[] {
  const missed = [
    ...(account ? [] : [m.data_missing_account({}, locale)]),
    ...(invoices.missing === 0 ? [] : [m.data_missing_invoices({ count: invoices.missing }, locale)]),
  ];
  return missed.length === 0 ? [m.data_missing_nothing({}, locale)] : missed;
}
