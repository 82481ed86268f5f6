import type { Migration } from '../migration.ts';

/** Accounts that somebody asked for, the proofs that mails carry to their mailboxes, and wrong codes. */
export const signUp: Migration = {
  name: '0007-sign-up',
  async up(db, dialect) {
    await dialect
      .finishTable(
        db.schema
          .createTable('sign_ups')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('email', 'text', (c) => c.notNull())
          .addColumn('network', 'text', (c) => c.notNull())
          .addColumn('password_hash', 'text', (c) => c.notNull())
          .addColumn('wanted', 'text', (c) => c.notNull())
          .addColumn('created_at', 'text', (c) => c.notNull())
          .addColumn('expires_at', 'text', (c) => c.notNull()),
      )
      .execute();
    await db.schema
      .createIndex('sign_ups_by_email')
      .on('sign_ups')
      .columns(['email', 'created_at'])
      .execute();
    await db.schema.createIndex('sign_ups_by_expiry').on('sign_ups').column('expires_at').execute();

    await dialect
      .finishTable(
        db.schema
          .createTable('mail_proofs')
          .addColumn('token_hash', 'text', (c) => c.primaryKey())
          .addColumn('code_hash', 'text', (c) => c.notNull())
          .addColumn('asked', 'text', (c) => c.notNull())
          .addColumn('purpose', 'text', (c) => c.notNull())
          .addColumn('recipient', 'text', (c) => c.notNull())
          .addColumn('network', 'text', (c) => c.notNull())
          .addColumn('mailed', 'integer', (c) => c.notNull())
          .addColumn('sign_up_id', 'text', (c) => c.references('sign_ups.id').onDelete('set null'))
          .addColumn('account_key', 'integer', (c) => c.references('accounts.key').onDelete('cascade'))
          .addColumn('created_at', 'text', (c) => c.notNull())
          .addColumn('expires_at', 'text', (c) => c.notNull())
          .addColumn('used_at', 'text'),
      )
      .execute();
    for (const column of ['recipient', 'network'])
      await db.schema
        .createIndex(`mail_proofs_by_${column}`)
        .on('mail_proofs')
        .columns([column, 'created_at'])
        .execute();
    for (const column of ['sign_up_id', 'account_key', 'expires_at'])
      await db.schema.createIndex(`mail_proofs_by_${column}`).on('mail_proofs').column(column).execute();

    await dialect
      .finishTable(
        db.schema
          .createTable('wrong_codes')
          .addColumn('key', 'integer', (c) => dialect.autoKey(c))
          .addColumn('recipient', 'text', (c) => c.notNull())
          .addColumn('purpose', 'text', (c) => c.notNull())
          .addColumn('at', 'text', (c) => c.notNull()),
      )
      .execute();
    await db.schema
      .createIndex('wrong_codes_by_recipient')
      .on('wrong_codes')
      .columns(['recipient', 'purpose', 'at'])
      .execute();
    await db.schema.createIndex('wrong_codes_by_time').on('wrong_codes').column('at').execute();
  },
};
