import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { Company } from '#shared/domain/company.ts';
import { AccountKind, ConsentPurpose } from '#shared/domain/profile.ts';
import { toInstant } from '#shared/domain/time.ts';
import { Language } from '#shared/protocol/sign-up.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import type { Db, Trx } from '../store/schema.ts';
import { networkHashOf } from './mail-requests.ts';
import { keyedHash } from './tokens.ts';

/** What somebody typed who wants an account. */
export const Wanted = z.object({
  kind: AccountKind,
  firstName: z.string(),
  lastName: z.string(),
  company: Company.optional(),
  language: Language,
  consents: z.partialRecord(ConsentPurpose, z.boolean()),
});
export type Wanted = z.infer<typeof Wanted>;

export interface SignUp {
  id: string;
  email: string;
  passwordHash: string;
  wanted: Wanted;
  createdAt: string;
}

/** Longer than a link is good, so that another can be asked for without typing everything again. */
const KEPT_MS = 7 * 86_400_000;
/** Of one address, of those that no mail was sent for because the mailbox had had enough: only the others can be activated yet. */
const MOST_WITHOUT_MAIL = 20;

/** One salt for an address: a password is compared with all that were wanted for it in the time of one. */
export const saltOf = (store: Store, email: string): Buffer =>
  Buffer.from(keyedHash(store.meta.secret, 'password-salt', email), 'base64url').subarray(0, 16);

export interface SignUps {
  keep(
    trx: Trx,
    signUp: { email: string; network: string; passwordHash: string; wanted: Wanted },
  ): Promise<SignUp>;
  /** The newest of an address that came from this network, or else from anywhere. */
  newestOf(trx: Trx, email: string, network: string): Promise<SignUp | undefined>;
  find(trx: Trx, id: string): Promise<SignUp | undefined>;
  /** Whether somebody wanted an account for this address with this password. */
  matches(runner: Db | Trx, email: string, passwordHash: string): Promise<boolean>;
  /** Once an address has its account, nobody else's wish for it is of use. */
  dropAllOf(trx: Trx, email: string): Promise<void>;
  forget(): Promise<void>;
}

interface Row {
  id: string;
  email: string;
  password_hash: string;
  wanted: string;
  created_at: string;
}

const read = (row: Row): SignUp => ({
  id: row.id,
  email: row.email,
  passwordHash: row.password_hash,
  wanted: Wanted.parse(JSON.parse(row.wanted)),
  createdAt: row.created_at,
});

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

export function makeSignUps(store: Store, clock: Clock): SignUps {
  const live = (runner: Db | Trx, email: string) =>
    runner
      .selectFrom('sign_ups')
      .select(['id', 'email', 'network', 'password_hash', 'wanted', 'created_at'])
      .where('email', '=', email)
      .where('expires_at', '>', toInstant(clock.now()))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc');

  return {
    async keep(trx, { email, network, passwordHash, wanted }) {
      const now = clock.now();
      const row = {
        id: newId(),
        email,
        network: networkHashOf(store, network),
        password_hash: passwordHash,
        wanted: JSON.stringify(wanted),
        created_at: toInstant(now),
        expires_at: toInstant(now + KEPT_MS),
      };
      const tooMany = await live(trx, email)
        .where((e) =>
          e.not(
            e.exists(
              e
                .selectFrom('mail_proofs')
                .select('token_hash')
                .whereRef('sign_up_id', '=', 'sign_ups.id')
                .where('mailed', '=', 1),
            ),
          ),
        )
        .limit(MOST_WITHOUT_MAIL)
        .offset(MOST_WITHOUT_MAIL - 1)
        .execute();
      for (const { id } of tooMany) await trx.deleteFrom('sign_ups').where('id', '=', id).execute();
      await trx.insertInto('sign_ups').values(row).execute();
      return read(row);
    },

    async newestOf(trx, email, network) {
      const rows = await live(trx, email).execute();
      const from = networkHashOf(store, network);
      const row = rows.find((one) => one.network === from) ?? rows[0];
      return row && read(row);
    },

    async find(trx, id) {
      const row = await trx
        .selectFrom('sign_ups')
        .select(['id', 'email', 'password_hash', 'wanted', 'created_at'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row && read(row);
    },

    async matches(runner, email, passwordHash) {
      const rows = await live(runner, email).execute();
      return rows.filter((row) => same(row.password_hash, passwordHash)).length > 0;
    },

    async dropAllOf(trx, email) {
      await trx.deleteFrom('sign_ups').where('email', '=', email).execute();
    },

    async forget() {
      await store.db.deleteFrom('sign_ups').where('expires_at', '<=', toInstant(clock.now())).execute();
    },
  };
}
