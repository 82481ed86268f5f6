import { recordConsents } from './accounts/consents.ts';
import type { Service } from './app.ts';
import type { DemoAccount } from './demo/generate.ts';
import type { Trx } from './store/schema.ts';
import type { EntityWrite } from './sync/write-entities.ts';

function* writesOf(account: DemoAccount): Generator<EntityWrite> {
  for (const entity of account.entities) yield { op: 'put', ...entity };
}

/** As if they had been made when the account was opened. */
async function recordDemoConsents(trx: Trx, { id, profile }: DemoAccount): Promise<void> {
  const { key } = await trx
    .selectFrom('accounts')
    .select('key')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  for (const [purpose, { granted, at }] of Object.entries(profile.consents ?? {}))
    await recordConsents(trx, key, { [purpose]: granted }, 'sign_up', at);
}

const markOf = (account: DemoAccount) => `demo ${account.id}`;

/**
 * Loads the accounts that are not there yet; a second start finds them and loads nothing. One whose loading was cut short is
 * written again. Returns how many it loaded.
 */
export async function loadDemo(service: Service, accounts: Iterable<DemoAccount>): Promise<number> {
  const { db } = service.store;
  let loaded = 0;
  for (const account of accounts) {
    const mark = await db
      .selectFrom('meta')
      .select('name')
      .where('name', '=', markOf(account))
      .executeTakeFirst();
    if (mark) continue;
    const begun = await db
      .selectFrom('accounts')
      .select('key')
      .where('id', '=', account.id)
      .executeTakeFirst();
    if (!begun) {
      await service.createAccount({
        id: account.id,
        email: account.email,
        password: account.password,
        kind: account.profile.kind,
        displayName: account.profile.displayName,
        locale: account.profile.language,
      });
    }
    await service.feed.write(account.id, writesOf(account));
    await db.transaction().execute(async (trx) => {
      await recordDemoConsents(trx, account);
      await trx
        .insertInto('meta')
        .values({ name: markOf(account), value: 'loaded' })
        .execute();
    });
    loaded += 1;
  }
  return loaded;
}
