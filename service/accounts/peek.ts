import type { LinkProblem } from '#shared/protocol/sign-up.ts';
import type { Store } from '../store/open.ts';
import type { MailProofs } from './mail-proofs.ts';
import type { SignUp, SignUps } from './sign-ups.ts';

interface PeekParts {
  store: Store;
  proofs: MailProofs;
  signUps: SignUps;
}

type Peeked<T> = { ok: true; value: T } | { ok: false; problem: LinkProblem };

/** What a link would activate. Nothing is used up: programs that check mails follow links as well. */
export const peekActivation = (
  { store, proofs, signUps }: PeekParts,
  token: string,
): Promise<Peeked<SignUp>> =>
  store.db.transaction().execute(async (trx) => {
    const found = await proofs.find(trx, 'activation', { token });
    if (!found.ok) return found;
    const id = found.proof.sign_up_id;
    const signUp = id === null ? undefined : await signUps.find(trx, id);
    return signUp ? { ok: true, value: signUp } : { ok: false, problem: 'expired' };
  });

/** Whose password a link would change. */
export const peekReset = (
  { store, proofs }: Omit<PeekParts, 'signUps'>,
  token: string,
): Promise<Peeked<{ email: string }>> =>
  store.db.transaction().execute(async (trx) => {
    const found = await proofs.find(trx, 'reset', { token });
    if (!found.ok) return found;
    const account = await trx
      .selectFrom('accounts')
      .select('email')
      .where('key', '=', found.proof.account_key)
      .executeTakeFirst();
    return account ? { ok: true, value: account } : { ok: false, problem: 'expired' };
  });
