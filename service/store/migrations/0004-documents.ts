import type { Migration } from '../migration.ts';

export const documents: Migration = {
  name: '0004-documents',
  async up(db, dialect) {
    await dialect
      .finishTable(
        db.schema
          .createTable('documents')
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('invoice_id', 'text', (c) => c.notNull())
          .addColumn('sha256', 'text', (c) => c.notNull())
          .addColumn('size', 'integer', (c) => c.notNull())
          .addColumn('created_at', 'text', (c) => c.notNull())
          .addPrimaryKeyConstraint('documents_key', ['account_key', 'invoice_id']),
      )
      .execute();
  },
};
