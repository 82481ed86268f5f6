import type { z } from 'zod';
import type { MailOnItsWay, MailRequest } from '#shared/protocol/sign-up.ts';
import { done, type Result } from '../failures.ts';
import { normaliseEmail } from './email.ts';
import type { SignUpParts } from './sign-up.ts';

/**
 * Sends the activation again, or the way to a new password. Whoever asks for the wrong one of the two gets the other: what is answered is the
 * same, and a mail that never comes would leave them puzzled.
 */
export async function askForMail(
  { store, mailRequests, proofMails, signUps }: Omit<SignUpParts, 'passwords'>,
  asked: 'activation' | 'reset',
  request: z.infer<typeof MailRequest>,
  network: string,
): Promise<Result<MailOnItsWay>> {
  const email = normaliseEmail(request.email);
  const admitted = await mailRequests.admit(asked, email, network);
  if (!admitted.ok) return admitted;
  await store.db.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('accounts')
      .select(['key', 'email'])
      .where('email', '=', email)
      .executeTakeFirst();
    const kind = asked === 'reset' ? 'password_reset' : 'already_customer';
    if (account) return proofMails.reset(trx, admitted.value, account, kind, request.language);
    const signUp = await signUps.newestOf(trx, email, network);
    if (signUp) return proofMails.activation(trx, admitted.value, signUp, request.language);
    return proofMails.none(trx, admitted.value, asked);
  });
  return done({ againInSeconds: admitted.value.againInSeconds });
}
