import { app, Menu } from 'electron';
import type { Command } from '#shared/ipc/contract.ts';
import type { Language } from '#main/platform/language.ts';
import { platformName } from '#main/platform/paths.ts';
import { menuTemplate, type MenuState } from './menu.ts';

/** What the menu is told as it changes. */
type Changing = Pick<MenuState, 'signedIn' | 'lockable' | 'accounts'>;

export interface ApplicationMenu {
  /** Builds the menu anew: in the language of the moment, for the accounts that are here. */
  update: (change?: Partial<Changing>) => void;
}

export function createApplicationMenu(options: {
  language: () => Language;
  send: (command: Command) => void;
  /** Shows another account. */
  choose: (accountId: string) => void;
}): ApplicationMenu {
  let known: Changing = { signedIn: false, lockable: false, accounts: [] };
  // None until ours is built: Electron would otherwise build an English one at every start.
  Menu.setApplicationMenu(null);
  return {
    update: (change) => {
      known = { ...known, ...change };
      const template = menuTemplate({
        appName: app.getName(),
        language: options.language(),
        platform: platformName,
        ...known,
        developerTools: !app.isPackaged,
        send: options.send,
        choose: options.choose,
      });
      Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    },
  };
}
