import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSecrets, type Cipher } from './secrets.ts';

const account = '0190a0b0-0000-7000-8000-000000000001';
const other = '0190a0b0-0000-7000-8000-000000000002';
let folder: string;
let logged: string[];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'oscaro-secrets-')), 'secrets');
  logged = [];
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** Reversible and recognisable; what it decrypts must have been encrypted by it, as with a real key. */
const cipher = (overrides: Partial<Cipher> = {}): Cipher => ({
  storage: () => Promise.resolve('available'),
  encrypt: (text) => Promise.resolve(Buffer.from(`locked:${[...text].reverse().join('')}`)),
  decrypt: (bytes) => {
    const text = bytes.toString('utf8');
    if (!text.startsWith('locked:')) return Promise.reject(new Error('not ours'));
    return Promise.resolve({ text: [...text.slice(7)].reverse().join(''), stale: false });
  },
  ...overrides,
});
const open = (overrides: Partial<Cipher> = {}) =>
  createSecrets(folder, cipher(overrides), (level, message) => logged.push(`${level} ${message}`));
const files = (): string[] => (existsSync(folder) ? readdirSync(folder) : []);

it('keeps a secret over a restart, encrypted, for its owner only', async () => {
  expect(await open().save(account, 'refresh-1')).toEqual({ durable: true });
  expect(await open().load(account)).toBe('refresh-1');
  expect(await open().load(other)).toBeUndefined();
  const [name] = files();
  expect(readFileSync(join(folder, name ?? ''), 'utf8')).not.toContain('refresh-1');
  expect(statSync(join(folder, name ?? '')).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it.each(['silent', 'missing'] as const)(
  'keeps secrets in memory only with a keyring that is %s',
  async (storage) => {
    const secrets = open({ storage: () => Promise.resolve(storage) });
    expect(await secrets.save(account, 'refresh-1')).toEqual({ durable: false });
    expect(await secrets.load(account)).toBe('refresh-1');
    expect(files()).toEqual([]);
    expect(await open().load(account)).toBeUndefined();
  },
);

it('writes nothing when the session is to end with the app, and leaves nothing older behind', async () => {
  await open().save(account, 'refresh-1');
  const secrets = open();
  expect(await secrets.save(account, 'refresh-2', { lasting: false })).toEqual({ durable: false });
  expect(await secrets.load(account)).toBe('refresh-2');
  expect(files()).toEqual([]);
});

it('leaves no older secret on the disk when the newer one cannot be kept there', async () => {
  await open().save(account, 'refresh-1');
  await open({ storage: () => Promise.resolve('silent') }).save(account, 'refresh-2');
  expect(files()).toEqual([]);
});

it('says that a secret is not durable when encrypting fails', async () => {
  const secrets = open({ encrypt: () => Promise.reject(new Error('keyring locked')) });
  expect(await secrets.save(account, 'refresh-1')).toEqual({ durable: false });
  expect(await secrets.load(account)).toBe('refresh-1');
  expect(logged).toEqual(['error a secret could not be kept']);
});

it('treats a damaged secret as none', async () => {
  await open().save(account, 'refresh-1');
  writeFileSync(join(folder, `${account}.secret`), 'garbage');
  expect(await open().load(account)).toBeUndefined();
  expect(logged).toEqual(['warn a kept secret could not be decrypted']);
});

it('encrypts anew what the keyring calls stale', async () => {
  await open().save(account, 'refresh-1');
  let encrypted = 0;
  const rotating = open({
    decrypt: async (bytes) => ({ ...(await cipher().decrypt(bytes)), stale: true }),
    encrypt: (text) => {
      encrypted += 1;
      return cipher().encrypt(text);
    },
  });
  expect(await rotating.load(account)).toBe('refresh-1');
  expect(encrypted).toBe(1);
});

it('forgets in memory and on the disk', async () => {
  const secrets = open();
  await secrets.save(account, 'refresh-1');
  await secrets.delete(account);
  expect(await secrets.load(account)).toBeUndefined();
  expect(files()).toEqual([]);
  await secrets.delete(account);
});

it('builds no path from anything but an account id', async () => {
  await expect(open().save('../../outside', 'x')).rejects.toThrow();
});
