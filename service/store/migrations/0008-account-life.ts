import { sql } from 'kysely';
import type { ConsentPurpose } from '#shared/domain/profile.ts';
import type { Migration } from '../migration.ts';

interface StoredProfile {
  value: { consents?: Partial<Record<ConsentPurpose, { granted: boolean; at: string }>> };
}

/** What happens to an account after it was opened: its devices, its warnings, changes of its address, its consents, its end. */
export const accountLife: Migration = {
  name: '0008-account-life',
  async up(db, dialect) {
    for (const column of ['activated_at', 'password_changed_at', 'deletion_requested_at', 'deleted_at'])
      await db.schema.alterTable('accounts').addColumn(column, 'text').execute();
    // Until now there was no other way to have an account than an active one.
    await sql`update accounts set activated_at = created_at`.execute(db);
    await db.schema
      .createIndex('accounts_by_deletion')
      .on('accounts')
      .column('deleted_at')
      .where(sql.ref('deleted_at'), 'is not', null)
      .execute();
    await db.schema.alterTable('sessions').addColumn('last_seen_at', 'text').execute();

    await dialect
      .finishTable(
        db.schema
          .createTable('known_devices')
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('device_name', 'text', (c) => c.notNull())
          .addColumn('device_platform', 'text', (c) => c.notNull())
          .addColumn('first_seen_at', 'text', (c) => c.notNull())
          .addPrimaryKeyConstraint('known_devices_key', ['account_key', 'device_name', 'device_platform']),
      )
      .execute();
    await sql`insert into known_devices (account_key, device_name, device_platform, first_seen_at)
      select account_key, device_name, device_platform, min(created_at) from sessions
      group by account_key, device_name, device_platform`.execute(db);

    await dialect
      .finishTable(
        db.schema
          .createTable('suspicious_sign_ins')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('session_id', 'text', (c) => c.references('sessions.id').onDelete('set null'))
          .addColumn('at', 'text', (c) => c.notNull())
          .addColumn('device_name', 'text', (c) => c.notNull())
          .addColumn('reason', 'text', (c) => c.notNull())
          .addColumn('answered_at', 'text'),
      )
      .execute();
    await db.schema
      .createIndex('suspicious_sign_ins_by_account')
      .on('suspicious_sign_ins')
      .columns(['account_key', 'at'])
      .execute();
    await db.schema
      .createIndex('suspicious_sign_ins_by_session')
      .on('suspicious_sign_ins')
      .column('session_id')
      .execute();

    await dialect
      .finishTable(
        db.schema
          .createTable('email_changes')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('new_email', 'text', (c) => c.notNull())
          .addColumn('old_token_hash', 'text', (c) => c.notNull().unique())
          .addColumn('new_token_hash', 'text', (c) => c.notNull().unique())
          .addColumn('expires_at', 'text', (c) => c.notNull())
          .addColumn('old_confirmed_at', 'text')
          .addColumn('new_confirmed_at', 'text')
          .addColumn('ended_at', 'text'),
      )
      .execute();
    await db.schema
      .createIndex('email_changes_by_account')
      .on('email_changes')
      .column('account_key')
      .execute();

    await dialect
      .finishTable(
        db.schema
          .createTable('consent_choices')
          .addColumn('key', 'integer', (c) => dialect.autoKey(c))
          .addColumn('account_key', 'integer', (c) =>
            c.notNull().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('purpose', 'text', (c) => c.notNull())
          .addColumn('granted', 'integer', (c) => c.notNull())
          .addColumn('at', 'text', (c) => c.notNull())
          .addColumn('source', 'text', (c) => c.notNull()),
      )
      .execute();
    await db.schema
      .createIndex('consent_choices_by_account')
      .on('consent_choices')
      .columns(['account_key', 'key'])
      .execute();
    // The choice that stands is all that is known of earlier ones.
    const profiles = await db
      .selectFrom('entities')
      .select(['account_key', 'change'])
      .where('type', '=', 'profile')
      .where('deleted_at', 'is', null)
      .execute();
    for (const { account_key, change } of profiles) {
      const { consents = {} } = (JSON.parse(change) as StoredProfile).value;
      const choices = Object.entries(consents).sort(([, a], [, b]) => a.at.localeCompare(b.at));
      for (const [purpose, { granted, at }] of choices)
        await sql`insert into consent_choices (account_key, purpose, granted, at, source)
          values (${account_key}, ${purpose}, ${granted ? 1 : 0}, ${at}, 'app')`.execute(db);
    }

    await dialect
      .finishTable(
        db.schema
          .createTable('retained_invoices')
          .addColumn('key', 'integer', (c) => dialect.autoKey(c))
          .addColumn('number', 'text', (c) => c.notNull())
          .addColumn('issued_on', 'text', (c) => c.notNull())
          .addColumn('content', 'text', (c) => c.notNull())
          .addColumn('sha256', 'text')
          .addColumn('size', 'integer')
          .addColumn('delete_after', 'text', (c) => c.notNull()),
      )
      .execute();
    await db.schema
      .createIndex('retained_invoices_by_end')
      .on('retained_invoices')
      .column('delete_after')
      .execute();
  },
};
