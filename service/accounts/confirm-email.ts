import type { z } from 'zod';
import { toInstant } from '#shared/domain/time.ts';
import type { EmailConfirmed } from '#shared/protocol/account.ts';
import { instant, type Clock } from '../clock.ts';
import { done, linkInvalid, type Result } from '../failures.ts';
import type { MailOutbox } from '../mail/mail.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import type { Pokes } from '../sync/pokes.ts';
import { readEntity } from '../sync/read-entity.ts';
import { lockAccount, writeEntities } from '../sync/write-entities.ts';
import { hashToken } from './tokens.ts';

type State = z.infer<typeof EmailConfirmed>['state'];

export interface ConfirmEmailParts {
  store: Store;
  clock: Clock;
  mails: MailOutbox;
  pokes: Pick<Pokes, 'poke'>;
}

/** How long a link that is no longer good is known for what it was. */
const REMEMBERED_MS = 30 * 86_400_000;

/** One of the two addresses agrees; with the second the account moves, and its sessions go on. */
export async function confirmEmail(
  { store, clock, mails, pokes }: ConfirmEmailParts,
  token: string,
): Promise<Result<State>> {
  const hash = hashToken(token);
  const outcome = await store.db.transaction().execute(async (trx) => {
    const change = await changeOf(trx, hash);
    if (!change) return linkInvalid('unknown');
    const role = change.old_token_hash === hash ? 'old' : 'new';
    if (change[`${role}_confirmed_at`] !== null || change.ended_at !== null) return linkInvalid('used');
    const now = instant(clock);
    if (change.expires_at <= now) return linkInvalid('expired');
    const taken = await isTaken(trx, change.new_email);
    // As the link of an activation whose address got an account meanwhile. The old address is not told, and waits in vain.
    if (taken && role === 'new') return linkInvalid('used');
    const other = role === 'old' ? 'new' : 'old';
    const last = change[`${other}_confirmed_at`] !== null && !taken;
    await trx
      .updateTable('email_changes')
      .set({ [`${role}_confirmed_at`]: now, ...(last ? { ended_at: now } : {}) })
      .where('id', '=', change.id)
      .execute();
    if (last) await move(trx, store, clock, mails, change);
    const state: State = last ? 'done' : role === 'old' ? 'waiting_for_new' : 'waiting_for_old';
    return done({ state, accountKey: change.account_key });
  });
  if (!outcome.ok) return outcome;
  pokes.poke(outcome.value.accountKey);
  return done(outcome.value.state);
}

interface Change {
  account_key: number;
  new_email: string;
}

const changeOf = (trx: Trx, hash: string) =>
  trx
    .selectFrom('email_changes')
    .selectAll()
    .where((e) => e.or([e('old_token_hash', '=', hash), e('new_token_hash', '=', hash)]))
    .executeTakeFirst();

async function isTaken(trx: Trx, email: string): Promise<boolean> {
  const row = await trx.selectFrom('accounts').select('key').where('email', '=', email).executeTakeFirst();
  return row !== undefined;
}

async function move(
  trx: Trx,
  store: Store,
  clock: Clock,
  mails: MailOutbox,
  { account_key: key, new_email: newEmail }: Change,
): Promise<void> {
  const locked = await lockAccount(store, trx, key);
  const { email: oldEmail, locale: language } = await trx
    .selectFrom('accounts')
    .select(['email', 'locale'])
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  await trx.updateTable('accounts').set({ email: newEmail }).where('key', '=', key).execute();
  const profile = await readEntity(store, trx, key, 'profile', locked.id);
  if (profile)
    await writeEntities(
      store,
      trx,
      locked,
      [{ op: 'put', type: 'profile', id: locked.id, value: { ...profile, email: newEmail } }],
      clock.now(),
    );
  for (const to of [oldEmail, newEmail])
    await mails.enqueue(trx, key, { kind: 'email_changed', to, language, oldEmail, newEmail });
}

/** Deletes changes that nobody will ask about any more. */
export async function forgetEmailChanges(store: Store, clock: Clock): Promise<void> {
  await store.db
    .deleteFrom('email_changes')
    .where('expires_at', '<', toInstant(clock.now() - REMEMBERED_MS))
    .execute();
}
