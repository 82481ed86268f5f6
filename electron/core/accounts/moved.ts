import type { EngineSettings } from '../api.ts';
import { normalAddress } from '../service/address.ts';
import type { Accounts } from './account-list.ts';
import type { AccountRecord } from './account-record.ts';

/** The record with where people have told the app to look since the account was last open, noted; the same one when they have not. */
export function moved(
  record: AccountRecord,
  accounts: Pick<Accounts, 'save'>,
  { serviceUrl }: Pick<EngineSettings, 'serviceUrl'>,
): AccountRecord {
  const url = normalAddress(serviceUrl);
  if (serviceUrl === record.settingsUrl || url === undefined) return record;
  const there = { ...record, serviceUrl: url, settingsUrl: serviceUrl };
  accounts.save(there);
  return there;
}
