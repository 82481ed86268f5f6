import { newId } from '#shared/domain/ids.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { MailProof } from '#shared/protocol/sign-up.ts';
import { instant, type Clock } from '../clock.ts';
import { done, type Result } from '../failures.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { lockAccount, writeEntities } from '../sync/write-entities.ts';
import { recordConsents } from './consents.ts';
import type { MailProofs } from './mail-proofs.ts';
import { whenProven } from './proven.ts';
import type { SignUp, SignUps } from './sign-ups.ts';
import type { Throttle } from './throttle.ts';

export interface ActivationParts {
  store: Store;
  clock: Clock;
  throttle: Throttle;
  proofs: MailProofs;
  signUps: SignUps;
}

/** The longest that a profile holds. */
const LONGEST_NAME = 120;

function profileOf({ email, wanted, createdAt }: SignUp, now: Instant): Profile {
  const { kind, firstName, lastName, company, language, consents } = wanted;
  const name = company?.name ?? `${firstName} ${lastName}`;
  return {
    kind,
    email,
    displayName: name.slice(0, LONGEST_NAME).trim(),
    firstName,
    lastName,
    ...(company ? { company } : {}),
    addresses: [],
    language,
    consents: Object.fromEntries(
      Object.entries(consents).map(([purpose, granted]) => [purpose, { granted, at: createdAt }]),
    ),
    customerSince: now,
  };
}

/** Opens the account that the mail was about, and no other that was wanted for the address. */
export function activate(parts: ActivationParts, proof: MailProof, network: string): Promise<Result<void>> {
  const { store, clock, proofs, signUps } = parts;
  return whenProven(parts, 'activation', proof, network, async (trx, row) => {
    const signUp = row.sign_up_id === null ? undefined : await signUps.find(trx, row.sign_up_id);
    if (!signUp) return 'expired';
    // Another way to have it was faster: an e-mail change to this address.
    if (await isTaken(trx, signUp.email)) return 'used';
    await open(store, trx, clock, signUp);
    await proofs.use(trx, 'activation', row);
    await signUps.dropAllOf(trx, signUp.email);
    return done(undefined);
  });
}

async function isTaken(trx: Trx, email: string): Promise<boolean> {
  const row = await trx.selectFrom('accounts').select('key').where('email', '=', email).executeTakeFirst();
  return row !== undefined;
}

async function open(store: Store, trx: Trx, clock: Clock, signUp: SignUp): Promise<void> {
  const id = newId();
  const now = instant(clock);
  const profile = profileOf(signUp, now);
  const { key } = await trx
    .insertInto('accounts')
    .values({
      id,
      email: signUp.email,
      password_hash: signUp.passwordHash,
      kind: profile.kind,
      display_name: profile.displayName,
      locale: profile.language,
      rev: 0,
      purged_rev: 0,
      created_at: signUp.createdAt,
      activated_at: now,
    })
    .returning('key')
    .executeTakeFirstOrThrow();
  const account = await lockAccount(store, trx, key);
  await writeEntities(store, trx, account, [{ op: 'put', type: 'profile', id, value: profile }], clock.now());
  await recordConsents(trx, key, signUp.wanted.consents, 'sign_up', signUp.createdAt);
}
