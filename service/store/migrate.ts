import { sql } from 'kysely';
import type { StoreDialect } from './dialect.ts';
import type { Migration } from './migration.ts';
import { accounts } from './migrations/0001-accounts.ts';
import { feed } from './migrations/0002-feed.ts';
import { sessions } from './migrations/0003-sessions.ts';
import { documents } from './migrations/0004-documents.ts';
import { changes } from './migrations/0005-changes.ts';
import { phones } from './migrations/0006-phones.ts';
import { signUp } from './migrations/0007-sign-up.ts';
import { accountLife } from './migrations/0008-account-life.ts';
import { mails } from './migrations/0009-mails.ts';
import { deviceSecrets } from './migrations/0010-device-secrets.ts';
import { wrongCodes } from './migrations/0011-wrong-codes.ts';
import type { Db } from './schema.ts';

const migrations: readonly Migration[] = [
  accounts,
  feed,
  sessions,
  documents,
  changes,
  phones,
  signUp,
  accountLife,
  mails,
  deviceSecrets,
  wrongCodes,
];

export class NewerDatabaseError extends Error {
  constructor(step: string) {
    super(
      `The database was written by a newer version of the service (it knows the step "${step}"); start that version.`,
    );
    this.name = 'NewerDatabaseError';
  }
}

/** Brings the database to this version, all steps or none. A database of a newer version is refused and left as it is. */
export async function migrate(db: Db, dialect: StoreDialect, steps = migrations): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', (c) => c.primaryKey())
      .execute();
    const { rows } = await sql<{ name: string }>`select name from migrations`.execute(trx);
    const done = new Set(rows.map((row) => row.name));
    const known = new Set(steps.map((step) => step.name));
    for (const name of done) if (!known.has(name)) throw new NewerDatabaseError(name);
    for (const step of steps) {
      if (done.has(step.name)) continue;
      await step.up(trx, dialect);
      await sql`insert into migrations (name) values (${step.name})`.execute(trx);
    }
  });
}
