import type { LinkProblem, MailProof } from '#shared/protocol/sign-up.ts';
import { failed, linkInvalid, type Result } from '../failures.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { normaliseEmail } from './email.ts';
import type { MailProofs } from './mail-proofs.ts';
import type { Purpose } from './mail-requests.ts';
import type { Throttle } from './throttle.ts';

interface ProofParts {
  store: Store;
  throttle: Throttle;
  proofs: MailProofs;
}

type ProofRow = Extract<Awaited<ReturnType<MailProofs['find']>>, { ok: true }>['proof'];

/**
 * Does what a mail's proof allows, in the transaction in which the proof was found good. Codes are short, so guesses are slowed down like those
 * of passwords; a token cannot be guessed.
 */
export async function whenProven<T>(
  { store, throttle, proofs }: ProofParts,
  purpose: Purpose,
  proof: MailProof,
  network: string,
  act: (trx: Trx, row: ProofRow) => Promise<Result<T> | LinkProblem>,
): Promise<Result<T>> {
  const admission =
    'code' in proof
      ? await throttle.attempt(`${purpose} ${normaliseEmail(proof.email)}`, network)
      : undefined;
  if (admission?.ok === false)
    return failed('throttled', 'Too many codes were tried; wait before the next.', admission.waitSeconds);
  const outcome = await store.db.transaction().execute(async (trx) => {
    const found = await proofs.find(trx, purpose, proof);
    return found.ok ? act(trx, found.proof) : found.problem;
  });
  // A code that was right once is no guess.
  if (outcome !== 'unknown') await admission?.attempt.succeeded();
  return typeof outcome === 'string' ? linkInvalid(outcome) : outcome;
}
