import { v5 } from 'uuid';
import type { Migration } from '../migration.ts';

interface StoredProfile {
  rev: number;
  value: { phone?: string; phones?: { id: string; kind: string; number: string }[] };
}

const E164 = /^\+[1-9]\d{6,14}$/;
/** French mobile numbers (ARCEP): 06 and 07. */
const MOBILE = /^\+33[67]/;

/** Version 1 of the contract had one telephone number, as any text; version 2 has a list. One that nobody could dial is left behind. */
export const phones: Migration = {
  name: '0006-phones',
  async up(db) {
    const profiles = await db
      .selectFrom('entities')
      .innerJoin('accounts', 'accounts.key', 'entities.account_key')
      .select(['accounts.key', 'accounts.rev as accountRev', 'entities.id', 'entities.change'])
      .where('entities.type', '=', 'profile')
      .where('entities.deleted_at', 'is', null)
      .execute();
    const revs = new Map<number, number>();
    for (const { key, accountRev, id, change } of profiles) {
      const stored = JSON.parse(change) as StoredProfile;
      const { phone, ...value } = stored.value;
      if (phone === undefined) continue;
      const number = phone.replace(/[\s.()-]/g, '');
      if (value.phones === undefined && E164.test(number))
        value.phones = [{ id: v5('phone', id), kind: MOBILE.test(number) ? 'mobile' : 'home', number }];
      const rev = (revs.get(key) ?? accountRev) + 1;
      revs.set(key, rev);
      await db
        .updateTable('entities')
        .set({ rev, change: JSON.stringify({ ...stored, rev, value }) })
        .where('account_key', '=', key)
        .where('type', '=', 'profile')
        .where('id', '=', id)
        .execute();
    }
    for (const [key, rev] of revs)
      await db.updateTable('accounts').set({ rev }).where('key', '=', key).execute();
  },
};
