import type { Migration } from '../migration.ts';

export const feed: Migration = {
  name: '0002-feed',
  async up(db, dialect) {
    await dialect
      .finishTable(
        db.schema
          .createTable('entities')
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('type', 'text', (c) => c.notNull())
          .addColumn('id', 'text', (c) => c.notNull())
          .addColumn('rev', 'integer', (c) => c.notNull())
          .addColumn('place', 'text')
          .addColumn('change', 'text', (c) => c.notNull())
          .addColumn('deleted_at', 'text')
          .addPrimaryKeyConstraint('entities_key', ['account_key', 'type', 'id']),
      )
      .execute();
    await db.schema
      .createIndex('entities_by_rev')
      .on('entities')
      .columns(['account_key', 'rev'])
      .unique()
      .execute();
    await db.schema
      .createIndex('entities_by_place')
      .on('entities')
      .columns(['account_key', 'place'])
      .where('place', 'is not', null)
      .execute();
    await db.schema
      .createIndex('entities_by_deletion')
      .on('entities')
      .column('deleted_at')
      .where('deleted_at', 'is not', null)
      .execute();
    await dialect
      .finishTable(
        db.schema
          .createTable('replicas')
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('replica_id', 'text', (c) => c.notNull())
          .addColumn('last_seq', 'integer', (c) => c.notNull())
          .addPrimaryKeyConstraint('replicas_key', ['account_key', 'replica_id']),
      )
      .execute();
  },
};
