import type { Migration } from '../migration.ts';

/** Mails that wait, and what was sent when: see mail/outbox.ts. */
export const mails: Migration = {
  name: '0009-mails',
  async up(db, dialect) {
    await dialect
      .finishTable(
        db.schema
          .createTable('mails')
          .addColumn('key', 'integer', (c) => dialect.autoKey(c))
          .addColumn('id', 'text', (c) => c.notNull().unique())
          // The mail that says that an account was deleted outlives the account.
          .addColumn('account_key', 'integer', (c) => c.references('accounts.key').onDelete('set null'))
          .addColumn('kind', 'text', (c) => c.notNull())
          .addColumn('language', 'text', (c) => c.notNull())
          .addColumn('recipient', 'text')
          .addColumn('data', 'text')
          .addColumn('created_at', 'text', (c) => c.notNull())
          .addColumn('worthless_at', 'text', (c) => c.notNull())
          .addColumn('next_try_at', 'text')
          .addColumn('attempts', 'integer', (c) => c.notNull())
          .addColumn('deferrals', 'integer', (c) => c.notNull())
          .addColumn('sent_at', 'text')
          .addColumn('failed_at', 'text')
          .addColumn('failed_because', 'text'),
      )
      .execute();
    await db.schema
      .createIndex('mails_waiting')
      .on('mails')
      .column('next_try_at')
      .where('next_try_at', 'is not', null)
      .execute();
    await db.schema.createIndex('mails_by_account').on('mails').columns(['account_key', 'sent_at']).execute();
  },
};
