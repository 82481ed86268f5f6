import type { MenuItemConstructorOptions } from 'electron';
import * as m from '#shared/i18n/generated/messages.js';
import type { KnownAccount } from '#shared/ipc/accounts.ts';
import type { Command } from '#shared/ipc/contract.ts';
import type { Language } from '#main/platform/language.ts';

export interface MenuState {
  appName: string;
  language: Language;
  platform: 'windows' | 'macos' | 'linux';
  /** Commands about an account do nothing without one, so they are greyed out; nor is there one while the app is locked. */
  signedIn: boolean;
  /** A code is set and the app is open. */
  lockable: boolean;
  /** Those of this computer, to change between them. */
  accounts: readonly Pick<KnownAccount, 'id' | 'displayName' | 'email' | 'current'>[];
  developerTools: boolean;
  send: (command: Command) => void;
  choose: (accountId: string) => void;
}

/** The menu as plain data, after each platform's conventions; the keys are the same as the page's own. */
export function menuTemplate(state: MenuState): MenuItemConstructorOptions[] {
  const mac = state.platform === 'macos';
  return [
    ...(mac ? [macAppMenu(state)] : []),
    fileMenu(state, mac),
    editMenu(state),
    viewMenu(state),
    accountMenu(state),
    ...(mac ? [macWindowMenu(state)] : []),
    helpMenu(state, mac),
  ];
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

function command(
  state: MenuState,
  id: Command,
  label: string,
  accelerator?: string,
  needsAccount = true,
): MenuItemConstructorOptions {
  return {
    id,
    label,
    enabled: state.signedIn || !needsAccount,
    ...(accelerator ? { accelerator } : {}),
    click: () => state.send(id),
  };
}

function macAppMenu(state: MenuState): MenuItemConstructorOptions {
  const locale = { locale: state.language };
  const app = { app: state.appName };
  return {
    label: state.appName,
    submenu: [
      { role: 'about', label: m.shell_about_app(app, locale) },
      separator,
      settingsItem(state),
      separator,
      { role: 'services', label: m.shell_services({}, locale) },
      separator,
      { role: 'hide', label: m.shell_hide_app(app, locale) },
      { role: 'hideOthers', label: m.shell_hide_others({}, locale) },
      { role: 'unhide', label: m.shell_unhide({}, locale) },
      separator,
      { role: 'quit', label: m.shell_quit_app(app, locale) },
    ],
  };
}

function fileMenu(state: MenuState, mac: boolean): MenuItemConstructorOptions {
  const locale = { locale: state.language };
  const print = command(state, 'print', m.shell_print({}, locale), 'CmdOrCtrl+P');
  const rest: MenuItemConstructorOptions[] = mac
    ? [{ role: 'close', label: m.shell_close_window({}, locale) }]
    : [
        settingsItem(state),
        separator,
        { role: 'quit', label: m.shell_quit({}, locale), accelerator: 'CmdOrCtrl+Q' },
      ];
  return { id: 'file', label: m.shell_menu_file({}, locale), submenu: [print, separator, ...rest] };
}

function settingsItem(state: MenuState): MenuItemConstructorOptions {
  return command(state, 'settings', m.shell_settings({}, { locale: state.language }), 'CmdOrCtrl+,', false);
}

function editMenu(state: MenuState): MenuItemConstructorOptions {
  const locale = { locale: state.language };
  return {
    id: 'edit',
    label: m.shell_menu_edit({}, locale),
    submenu: [
      { role: 'undo', label: m.shell_undo({}, locale) },
      { role: 'redo', label: m.shell_redo({}, locale) },
      separator,
      { role: 'cut', label: m.shell_cut({}, locale) },
      { role: 'copy', label: m.shell_copy({}, locale) },
      { role: 'paste', label: m.shell_paste({}, locale) },
      { role: 'delete', label: m.shell_delete({}, locale) },
      { role: 'selectAll', label: m.shell_select_all({}, locale) },
      separator,
      command(state, 'search', m.shell_search({}, locale), 'CmdOrCtrl+K'),
    ],
  };
}

function viewMenu(state: MenuState): MenuItemConstructorOptions {
  const locale = { locale: state.language };
  const developer: MenuItemConstructorOptions[] = state.developerTools
    ? [separator, { role: 'toggleDevTools', label: m.shell_developer_tools({}, locale) }]
    : [];
  return {
    id: 'view',
    label: m.shell_menu_view({}, locale),
    submenu: [
      command(state, 'home', m.shell_home({}, locale), 'CmdOrCtrl+1'),
      command(state, 'orders', m.shell_orders({}, locale), 'CmdOrCtrl+2'),
      command(state, 'invoices', m.shell_invoices({}, locale), 'CmdOrCtrl+3'),
      command(state, 'baskets', m.shell_baskets({}, locale), 'CmdOrCtrl+4'),
      command(state, 'vehicles', m.shell_vehicles({}, locale), 'CmdOrCtrl+5'),
      command(state, 'account', m.shell_account({}, locale), 'CmdOrCtrl+6'),
      command(state, 'changes', m.shell_changes({}, locale), 'CmdOrCtrl+7'),
      separator,
      command(state, 'back', m.shell_back({}, locale), state.platform === 'macos' ? 'Cmd+[' : 'Alt+Left'),
      separator,
      { role: 'zoomIn', label: m.shell_zoom_in({}, locale), accelerator: 'CmdOrCtrl+Plus' },
      // Where "+" needs Shift, people press the bare key.
      { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false, acceleratorWorksWhenHidden: true },
      { role: 'zoomOut', label: m.shell_zoom_out({}, locale), accelerator: 'CmdOrCtrl+-' },
      { role: 'resetZoom', label: m.shell_zoom_reset({}, locale), accelerator: 'CmdOrCtrl+0' },
      separator,
      { role: 'togglefullscreen', label: m.shell_full_screen({}, locale) },
      ...developer,
    ],
  };
}

function accountMenu(state: MenuState): MenuItemConstructorOptions {
  const locale = { locale: state.language };
  return {
    id: 'account-menu',
    label: m.shell_menu_account({}, locale),
    submenu: [
      command(state, 'sync_now', m.shell_sync_now({}, locale), 'CmdOrCtrl+R'),
      command(state, 'sync_details', m.shell_sync_details({}, locale)),
      separator,
      ...(state.accounts.length > 1 ? state.accounts.map((account) => accountItem(state, account)) : []),
      command(state, 'accounts', m.shell_accounts({}, locale), 'CmdOrCtrl+Shift+A'),
      command(state, 'add_account', m.shell_add_account({}, locale)),
      separator,
      {
        ...command(state, 'lock_now', m.shell_lock_now({}, locale), 'CmdOrCtrl+L'),
        enabled: state.lockable,
      },
      command(state, 'sign_out', m.shell_sign_out({}, locale)),
    ],
  };
}

function accountItem(
  { choose }: MenuState,
  { id, displayName, email, current }: MenuState['accounts'][number],
): MenuItemConstructorOptions {
  return {
    id: `account ${id}`,
    type: 'radio',
    // A single & would underline the letter after it.
    label: `${displayName} (${email})`.replaceAll('&', '&&'),
    checked: current,
    click: () => {
      if (!current) choose(id);
    },
  };
}

function macWindowMenu(state: MenuState): MenuItemConstructorOptions {
  const locale = { locale: state.language };
  return {
    role: 'window',
    label: m.shell_menu_window({}, locale),
    submenu: [
      { role: 'minimize', label: m.shell_minimize({}, locale) },
      { role: 'zoom', label: m.shell_zoom_window({}, locale) },
      separator,
      { role: 'front', label: m.shell_front({}, locale) },
    ],
  };
}

function helpMenu(state: MenuState, mac: boolean): MenuItemConstructorOptions {
  const locale = { locale: state.language };
  const about: MenuItemConstructorOptions[] = mac
    ? []
    : [separator, { role: 'about', label: m.shell_about({}, locale) }];
  return {
    role: 'help',
    label: m.shell_menu_help({}, locale),
    submenu: [command(state, 'help', m.shell_help({}, locale), 'F1', false), ...about],
  };
}
