import type { MailRequest as AskedFor } from '#shared/protocol/sign-up.ts';
import type { z } from 'zod';
import type { Links } from '../mail/links.ts';
import type { MailOutbox } from '../mail/mail.ts';
import type { Trx } from '../store/schema.ts';
import type { MailProofs } from './mail-proofs.ts';
import { LIFETIME_MS, type MailRequest } from './mail-requests.ts';
import type { SignUp } from './sign-ups.ts';

type Language = z.infer<typeof AskedFor>['language'];

export interface ProofMails {
  activation(trx: Trx, request: MailRequest, signUp: SignUp, language: Language): Promise<void>;
  /** `already_customer` tells somebody who signed up that there is an account, and lets them in as well. */
  reset(
    trx: Trx,
    request: MailRequest,
    account: { key: number; email: string },
    kind: 'password_reset' | 'already_customer',
    language: Language,
  ): Promise<void>;
  /** Nobody is written to. */
  none(trx: Trx, request: MailRequest, purpose: 'activation' | 'reset'): Promise<void>;
}

/** Binds an admitted request to what it opens and puts its mail into the outbox, in one transaction. */
export function makeProofMails(proofs: MailProofs, mails: MailOutbox, links: Links): ProofMails {
  return {
    async activation(trx, request, signUp, language) {
      await proofs.bind(trx, request, 'activation', { signUpId: signUp.id });
      if (!request.mayMail) return;
      await mails.enqueue(trx, undefined, {
        kind: 'activation',
        to: signUp.email,
        language,
        link: links.activation(request.token, language),
        code: request.code,
        firstName: signUp.wanted.firstName,
        hours: LIFETIME_MS.activation / 3_600_000,
      });
    },

    async reset(trx, request, { key, email }, kind, language) {
      await proofs.bind(trx, request, 'reset', { accountKey: key });
      if (!request.mayMail) return;
      const link = links.passwordReset(request.token, language);
      const words = { to: email, language, code: request.code, minutes: LIFETIME_MS.reset / 60_000 };
      await mails.enqueue(
        trx,
        key,
        kind === 'password_reset' ? { kind, link, ...words } : { kind, resetLink: link, ...words },
      );
    },

    none: (trx, request, purpose) => proofs.bind(trx, request, purpose, undefined),
  };
}
