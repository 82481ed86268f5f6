import type { Migration } from '../migration.ts';

export const sessions: Migration = {
  name: '0003-sessions',
  async up(db, dialect) {
    await dialect
      .finishTable(
        db.schema
          .createTable('sessions')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('device_name', 'text', (c) => c.notNull())
          .addColumn('device_platform', 'text', (c) => c.notNull())
          .addColumn('app_version', 'text', (c) => c.notNull())
          .addColumn('created_at', 'text', (c) => c.notNull())
          .addColumn('expires_at', 'text', (c) => c.notNull())
          .addColumn('ended_at', 'text')
          .addColumn('ended_because', 'text'),
      )
      .execute();
    await db.schema.createIndex('sessions_by_account').on('sessions').column('account_key').execute();
    await dialect
      .finishTable(
        db.schema
          .createTable('refresh_tokens')
          .addColumn('hash', 'text', (c) => c.primaryKey())
          .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
          .addColumn('used_at', 'text'),
      )
      .execute();
    await db.schema
      .createIndex('refresh_tokens_by_session')
      .on('refresh_tokens')
      .column('session_id')
      .execute();
    await dialect
      .finishTable(
        db.schema
          .createTable('access_tokens')
          .addColumn('hash', 'text', (c) => c.primaryKey())
          .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
          .addColumn('expires_at', 'text', (c) => c.notNull()),
      )
      .execute();
    await db.schema
      .createIndex('access_tokens_by_session')
      .on('access_tokens')
      .column('session_id')
      .execute();
    await dialect
      .finishTable(
        db.schema
          .createTable('throttles')
          .addColumn('key', 'text', (c) => c.primaryKey())
          .addColumn('failures', 'integer', (c) => c.notNull())
          .addColumn('last_failure_at', 'text')
          .addColumn('succeeded_at', 'text'),
      )
      .execute();
  },
};
