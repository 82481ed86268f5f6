import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Wrong codes are counted with the proofs that they kill, and no longer told from newer ones by the clock. */
export const wrongCodes: Migration = {
  name: '0011-wrong-codes',
  async up(db) {
    await db.schema
      .alterTable('mail_proofs')
      .addColumn('wrong_codes', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await sql`
      update mail_proofs set wrong_codes = (
        select count(*) from wrong_codes
        where wrong_codes.recipient = mail_proofs.recipient and wrong_codes.purpose = mail_proofs.purpose
          and wrong_codes.at >= mail_proofs.created_at
      )`.execute(db);
    await db.schema.dropTable('wrong_codes').execute();
  },
};
