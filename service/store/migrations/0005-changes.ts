import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What devices push: every mutation that was ever taken, and when the service itself deletes an entity. */
export const changes: Migration = {
  name: '0005-changes',
  async up(db, dialect) {
    await dialect
      .finishTable(
        db.schema
          .createTable('mutations')
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('replica_id', 'text', (c) => c.notNull())
          .addColumn('seq', 'integer', (c) => c.notNull())
          .addColumn('id', 'text', (c) => c.notNull())
          .addColumn('outcome', 'text', (c) => c.notNull())
          .addColumn('kind', 'text')
          .addColumn('field', 'text')
          .addColumn('present', 'text')
          .addColumn('taken_at', 'text', (c) => c.notNull())
          .addPrimaryKeyConstraint('mutations_key', ['account_key', 'replica_id', 'seq']),
      )
      .execute();
    // Not unique: a replica that was forked sends the same mutations again under its new name.
    await db.schema.createIndex('mutations_by_id').on('mutations').columns(['account_key', 'id']).execute();
    await db.schema
      .createIndex('mutations_rejected')
      .on('mutations')
      .columns(['account_key', 'replica_id', 'seq'])
      .where(sql.ref('kind'), 'is not', null)
      .execute();
    await db.schema
      .createIndex('mutations_with_present')
      .on('mutations')
      .column('taken_at')
      .where(sql.ref('present'), 'is not', null)
      .execute();
    await db.schema.alterTable('entities').addColumn('expires_at', 'text').execute();
    await db.schema
      .createIndex('entities_by_expiry')
      .on('entities')
      .column('expires_at')
      .where('expires_at', 'is not', null)
      .execute();
  },
};
