import type { Migration } from '../migration.ts';

/** What the devices of an account seal the key of their data with: see accounts/device-secret.ts. */
export const deviceSecrets: Migration = {
  name: '0010-device-secrets',
  async up(db, dialect) {
    await dialect
      .finishTable(
        db.schema
          .createTable('device_secrets')
          // Apart from `accounts`, which is read in many places: what is not selected cannot be told by mistake.
          .addColumn('account_key', 'integer', (c) =>
            c.primaryKey().references('accounts.key').onDelete('cascade'),
          )
          .addColumn('secret', 'text', (c) => c.notNull()),
      )
      .execute();
  },
};
