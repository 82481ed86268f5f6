import { expect, it } from 'vitest';
import { isAccountList } from './account-record.ts';

const record = {
  id: '0192b1c4-7d3e-7a55-8c1d-000000000001',
  kind: 'garage',
  email: 'a@example.org',
  displayName: 'A',
  serviceUrl: 'https://a',
  sessionUrl: 'https://a',
  settingsUrl: 'https://a',
  replicaId: '0192b1c4-7d3e-7a55-8c1d-000000000002',
  remembered: true,
};

it('takes a list of accounts, with or without a current one, sealed or in clear', () => {
  const sealed = { id: record.id, sealed: 'AAAA' };
  expect(isAccountList({ version: 2, accounts: [sealed, record] })).toBe(true);
  expect(isAccountList({ version: 1, accounts: [] })).toBe(true);
  expect(isAccountList({ version: 1, current: record.id, accounts: [record] })).toBe(true);
});

it.each([
  null,
  [],
  { version: 3, accounts: [] },
  { version: 2, accounts: [{ id: record.id }] },
  { version: 2, accounts: [{ id: '../x', sealed: 'x' }] },
  { version: 1 },
  { version: 1, current: 'x', accounts: [] },
  { version: 1, accounts: [null] },
  { version: 1, accounts: [{ ...record, id: '../../etc' }] },
  { version: 1, accounts: [{ ...record, kind: 'other' }] },
  { version: 1, accounts: [{ ...record, remembered: 'yes' }] },
  { version: 1, accounts: [{ ...record, stay: 'no' }] },
  { version: 1, accounts: [{ ...record, sessionUrl: undefined }] },
])('refuses %j', (value) => {
  expect(isAccountList(value)).toBe(false);
});
