import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { Command } from '#shared/ipc/contract.ts';
import { menuTemplate, type MenuState } from './menu.ts';

const state = (changes: Partial<MenuState> = {}): MenuState => ({
  appName: 'Oscaro Desktop',
  language: 'fr',
  platform: 'linux',
  signedIn: true,
  lockable: true,
  accounts: [],
  developerTools: false,
  send: () => undefined,
  choose: () => undefined,
  ...changes,
});
const items = (changes?: Partial<MenuState>): MenuItemConstructorOptions[] =>
  menuTemplate(state(changes)).flatMap((top) => top.submenu as MenuItemConstructorOptions[]);

describe.each(['windows', 'macos', 'linux'] as const)('the menu on %s', (platform) => {
  it('carries every command exactly once', () => {
    const ids = items({ platform }).flatMap((item) => (item.id ? [item.id] : []));
    expect(ids.toSorted()).toEqual([...Command.options].toSorted());
  });

  it.each(['fr', 'en'] as const)('has a word for everything in %s', (language) => {
    const shown = items({ platform, language }).filter(
      (item) => item.type !== 'separator' && item.visible !== false,
    );
    expect(shown.filter((item) => !item.label)).toEqual([]);
  });

  it('sends what is clicked', () => {
    const sent: string[] = [];
    for (const item of items({ platform, send: (command) => sent.push(command) })) {
      if (item.click) (item.click as () => void)();
    }
    expect(sent.toSorted()).toEqual([...Command.options].toSorted());
  });
});

it('leaves only what works without an account enabled', () => {
  const enabled = items({ signedIn: false, lockable: false }).filter((item) => item.id && item.enabled);
  expect(enabled.map((item) => item.id)).toEqual(['settings', 'help']);
});

it('offers to lock where there is something to lock, with an account shown or without', () => {
  const lock = (changes: Partial<MenuState>) => items(changes).find(({ id }) => id === 'lock_now');
  expect(lock({ lockable: true })).toMatchObject({ enabled: true, accelerator: 'CmdOrCtrl+L' });
  expect(lock({ lockable: true, signedIn: false })?.enabled).toBe(true);
  expect(lock({ lockable: false })?.enabled).toBe(false);
});

it('names the accounts of this computer once there is a choice, and shows the one that is clicked', () => {
  const accounts = [
    { id: 'a', displayName: 'Camille', email: 'c@example.org', current: true },
    { id: 'b', displayName: 'Garage A & B', email: 'g@example.org', current: false },
  ];
  const chosen: string[] = [];
  const radios = (of: MenuState['accounts']): MenuItemConstructorOptions[] =>
    items({ accounts: of, choose: (id) => chosen.push(id) }).filter(({ type }) => type === 'radio');
  expect(radios(accounts.slice(0, 1))).toEqual([]);
  expect(radios(accounts).map(({ label, checked }) => [label, checked])).toEqual([
    ['Camille (c@example.org)', true],
    ['Garage A && B (g@example.org)', false],
  ]);
  for (const item of radios(accounts)) (item.click as () => void)();
  expect(chosen).toEqual(['b']);
});

it('follows the conventions of the platform', () => {
  const mac = menuTemplate(state({ platform: 'macos' }));
  expect(mac[0]?.label).toBe('Oscaro Desktop');
  expect((mac[0]?.submenu as MenuItemConstructorOptions[]).map((item) => item.role ?? item.id)).toEqual(
    expect.arrayContaining(['about', 'settings', 'hide', 'quit']),
  );
  const linux = menuTemplate(state());
  expect((linux[0]?.submenu as MenuItemConstructorOptions[]).map((item) => item.role ?? item.id)).toEqual(
    expect.arrayContaining(['print', 'settings', 'quit']),
  );
});

it('offers developer tools in development only', () => {
  expect(items().some((item) => item.role === 'toggleDevTools')).toBe(false);
  expect(items({ developerTools: true }).some((item) => item.role === 'toggleDevTools')).toBe(true);
});
