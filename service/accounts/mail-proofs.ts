import { toInstant } from '#shared/domain/time.ts';
import type { LinkProblem, MailProof } from '#shared/protocol/sign-up.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { normaliseEmail } from './email.ts';
import { LIFETIME_MS, recipientOf, type MailRequest, type Purpose } from './mail-requests.ts';
import { keyedHash } from './tokens.ts';

/** Wrong codes after which those that a mailbox has got are worth nothing; their links still are. */
const WRONG_CODES = 5;
/** How long a used or expired proof is known for what it is. */
const REMEMBERED_MS = 30 * 86_400_000;

export type Target = { signUpId: string } | { accountKey: number } | undefined;

interface ProofRow {
  recipient: string;
  code_hash: string;
  sign_up_id: string | null;
  account_key: number | null;
  wrong_codes: number;
  expires_at: string;
  used_at: string | null;
}

export type Found = { ok: true; proof: ProofRow } | { ok: false; problem: LinkProblem };

export interface MailProofs {
  /** Says what an admitted request opens. It writes also when that is nothing, so that both take the same time. */
  bind(trx: Trx, request: MailRequest, purpose: Purpose, target: Target): Promise<void>;
  /** A wrong code is counted: commit the transaction also when nothing was found. */
  find(trx: Trx, purpose: Purpose, proof: MailProof): Promise<Found>;
  /** One was used, and with it all that this mailbox has got for the same purpose. */
  use(trx: Trx, purpose: Purpose, proof: ProofRow): Promise<void>;
  /** Deletes what nobody will ask for any more. */
  forget(): Promise<void>;
}

export function makeMailProofs(store: Store, clock: Clock): MailProofs {
  const { secret } = store.meta;

  const rowsOf = (trx: Trx, purpose: Purpose) =>
    trx
      .selectFrom('mail_proofs')
      .select(['recipient', 'code_hash', 'wrong_codes', 'sign_up_id', 'account_key', 'expires_at', 'used_at'])
      .where('purpose', '=', purpose);

  async function byCode(trx: Trx, purpose: Purpose, typed: string, code: string) {
    const recipient = recipientOf(store, normaliseEmail(typed));
    const rows = await rowsOf(trx, purpose).where('recipient', '=', recipient).execute();
    const hash = keyedHash(secret, 'mail-code', recipient, code);
    const row = rows.find((one) => one.code_hash === hash && one.wrong_codes < WRONG_CODES);
    if (!row)
      await trx
        .updateTable('mail_proofs')
        .set((e) => ({ wrong_codes: e('wrong_codes', '+', 1) }))
        .where('recipient', '=', recipient)
        .where('purpose', '=', purpose)
        .execute();
    return row;
  }

  return {
    async bind(trx, { tokenHash }, purpose, target) {
      await trx
        .updateTable('mail_proofs')
        .set({
          purpose,
          sign_up_id: target && 'signUpId' in target ? target.signUpId : null,
          account_key: target && 'accountKey' in target ? target.accountKey : null,
          expires_at: toInstant(clock.now() + LIFETIME_MS[purpose]),
        })
        .where('token_hash', '=', tokenHash)
        .execute();
    },

    async find(trx, purpose, proof) {
      const row =
        'token' in proof
          ? await rowsOf(trx, purpose)
              .where('token_hash', '=', keyedHash(secret, 'mail-token', proof.token))
              .executeTakeFirst()
          : await byCode(trx, purpose, proof.email, proof.code);
      if (!row) return { ok: false, problem: 'unknown' };
      if (row.used_at !== null) return { ok: false, problem: 'used' };
      if (row.expires_at <= toInstant(clock.now())) return { ok: false, problem: 'expired' };
      return { ok: true, proof: row };
    },

    async use(trx, purpose, { recipient }) {
      await trx
        .updateTable('mail_proofs')
        .set({ used_at: toInstant(clock.now()) })
        .where('recipient', '=', recipient)
        .where('purpose', '=', purpose)
        .where('used_at', 'is', null)
        .execute();
    },

    async forget() {
      const past = toInstant(clock.now() - REMEMBERED_MS);
      await store.db.deleteFrom('mail_proofs').where('expires_at', '<', past).execute();
    },
  };
}
