import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Settings } from '#shared/ipc/settings.ts';
import { openSettings } from './settings.ts';

// The library asks Electron for a default folder, and is always told ours.
vi.mock('electron', () => ({ default: {} }));

const defaults: Settings = {
  language: 'system',
  theme: 'system',
  serviceUrl: 'https://example.org',
  keepInvoiceMonths: 24,
  lockAfterMinutes: 15,
  lockOnSleep: true,
};
let folder: string;
let file: string;
let told: string[];
const open = (withDefaults = defaults) =>
  openSettings(file, withDefaults, (message, fields) => told.push(`${message} ${JSON.stringify(fields)}`));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oscaro-settings-'));
  file = join(folder, 'settings.json');
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('starts with the defaults and writes nothing', () => {
  expect(open().get()).toEqual(defaults);
  expect(existsSync(file)).toBe(false);
  expect(told).toEqual([]);
});

it('keeps what was changed, and only that, so that defaults can move on', async () => {
  expect(await open().set({ theme: 'dark' })).toEqual({ ...defaults, theme: 'dark' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ theme: 'dark' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(open({ ...defaults, keepInvoiceMonths: 36 }).get()).toEqual({
    ...defaults,
    theme: 'dark',
    keepInvoiceMonths: 36,
  });
});

it('keeps a choice that is off apart from one that was never made', async () => {
  const off = { lockAfterMinutes: 0, lockOnSleep: false };
  await open().set(off);
  expect(open().get()).toEqual({ ...defaults, ...off });
});

it.each([
  '',
  '{"theme"',
  '[]',
  '"x"',
  '{"theme":"pink"}',
  '{"keepInvoiceMonths":-1}',
  '{"lockAfterMinutes":0.5}',
])('sets a damaged file aside and tells: %s', async (content) => {
  writeFileSync(file, content);
  expect(open().get()).toEqual(defaults);
  expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(content);
  expect(told).toHaveLength(1);
  expect((await open().set({ theme: 'light' })).theme).toBe('light');
  expect(open().get().theme).toBe('light');
});

it('changes nothing when the file cannot be written', async () => {
  const settings = open();
  writeFileSync(join(folder, 'blocked'), '');
  file = join(folder, 'blocked', 'settings.json');
  const blocked = open();
  await expect(blocked.set({ theme: 'dark' })).rejects.toThrow();
  expect(blocked.get()).toEqual(defaults);
  expect(settings.get()).toEqual(defaults);
});

it.skipIf(process.getuid?.() === 0)('tells of a file that cannot be read', () => {
  writeFileSync(file, '{"theme":"dark"}');
  chmodSync(file, 0o000);
  expect(open().get()).toEqual(defaults);
  expect(told[0]).toContain('EACCES');
});
