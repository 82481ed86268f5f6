import type { MailOnItsWay, SignUpRequest } from '#shared/protocol/sign-up.ts';
import { done, failed, type Result } from '../failures.ts';
import type { Store } from '../store/open.ts';
import { normaliseEmail } from './email.ts';
import type { MailRequests } from './mail-requests.ts';
import { checkPassword, ownDataOf } from './password-check.ts';
import type { Passwords } from './passwords.ts';
import type { ProofMails } from './proof-mails.ts';
import { saltOf, type SignUps } from './sign-ups.ts';

export interface SignUpParts {
  store: Store;
  passwords: Passwords;
  mailRequests: MailRequests;
  proofMails: ProofMails;
  signUps: SignUps;
}

/** Answers alike, in words and in time, whether the address has an account, waits for one, or was never seen. */
export async function signUp(
  { store, passwords, mailRequests, proofMails, signUps }: SignUpParts,
  request: SignUpRequest,
  network: string,
): Promise<Result<MailOnItsWay>> {
  const weak = checkPassword(request.password, ownDataOf(request));
  if (weak) return weak;
  const email = normaliseEmail(request.email);
  const admitted = await mailRequests.admit('sign_up', email, network);
  if (!admitted.ok) return admitted;
  const passwordHash = await passwords.hashWith(request.password, saltOf(store, email));
  if (passwordHash === undefined) return failed('unavailable', 'Too many sign-ups at this moment.', 2);
  const { kind, firstName, lastName, company, language, consents } = request;
  const wanted = { kind, firstName, lastName, ...(company ? { company } : {}), language, consents };
  await store.db.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('accounts')
      .select(['key', 'email'])
      .where('email', '=', email)
      .executeTakeFirst();
    if (account) return proofMails.reset(trx, admitted.value, account, 'already_customer', language);
    const kept = await signUps.keep(trx, { email, network, passwordHash, wanted });
    return proofMails.activation(trx, admitted.value, kept, language);
  });
  return done({ againInSeconds: admitted.value.againInSeconds });
}
