import type { Migration } from '../migration.ts';

export const accounts: Migration = {
  name: '0001-accounts',
  async up(db, dialect) {
    await dialect
      .finishTable(
        db.schema
          .createTable('meta')
          .addColumn('name', 'text', (c) => c.primaryKey())
          .addColumn('value', 'text', (c) => c.notNull()),
      )
      .execute();
    await dialect
      .finishTable(
        db.schema
          .createTable('accounts')
          .addColumn('key', 'integer', (c) => dialect.autoKey(c))
          .addColumn('id', 'text', (c) => c.notNull().unique())
          .addColumn('email', 'text', (c) => c.notNull().unique())
          .addColumn('password_hash', 'text', (c) => c.notNull())
          .addColumn('kind', 'text', (c) => c.notNull())
          .addColumn('display_name', 'text', (c) => c.notNull())
          .addColumn('locale', 'text', (c) => c.notNull())
          .addColumn('rev', 'integer', (c) => c.notNull())
          .addColumn('purged_rev', 'integer', (c) => c.notNull())
          .addColumn('created_at', 'text', (c) => c.notNull()),
      )
      .execute();
  },
};
