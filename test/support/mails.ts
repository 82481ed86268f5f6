import type { Mail, MailKind } from '#service/mail/mail.ts';
import type { RunningService } from './service.ts';

/** What waits to be sent to an address, the oldest first: services of tests have no mail server unless they are given one. */
export async function mailsTo(running: RunningService, email: string): Promise<Mail[]> {
  const rows = await running.service.store.db
    .selectFrom('mails')
    .select(['kind', 'language', 'recipient', 'data'])
    .where('recipient', '=', email)
    .orderBy('key')
    .execute();
  return rows.map(
    ({ kind, language, recipient, data }) =>
      ({ kind, language, to: recipient, ...(JSON.parse(data ?? '{}') as object) }) as Mail,
  );
}

/** The newest mail of a kind to an address; throws when there is none. */
export async function mailTo<K extends MailKind>(
  running: RunningService,
  email: string,
  kind: K,
): Promise<Extract<Mail, { kind: K }>> {
  const mail = (await mailsTo(running, email)).findLast((one) => one.kind === kind);
  if (!mail) throw new Error(`No ${kind} mail waits for ${email}.`);
  return mail as Extract<Mail, { kind: K }>;
}

/** What a link of a mail proves. */
export const tokenIn = (link: string): string => new URL(link).searchParams.get('token') ?? '';
