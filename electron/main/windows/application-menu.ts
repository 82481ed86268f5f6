import { app, Menu } from 'electron';
import type { KnownAccount } from '#shared/ipc/accounts.ts';
import type { Command } from '#shared/ipc/contract.ts';
import type { Language } from '#main/platform/language.ts';
import { platformName } from '#main/platform/paths.ts';
import { menuTemplate } from './menu.ts';

export interface ApplicationMenu {
  /** Builds the menu anew: in the language of the moment, for the accounts that are here. */
  update: (change?: { signedIn?: boolean; accounts?: readonly KnownAccount[] }) => void;
}

export function createApplicationMenu(options: {
  language: () => Language;
  send: (command: Command) => void;
  /** Shows another account. */
  choose: (accountId: string) => void;
}): ApplicationMenu {
  let signedIn = false;
  let accounts: readonly KnownAccount[] = [];
  // None until ours is built: Electron would otherwise build an English one at every start.
  Menu.setApplicationMenu(null);
  return {
    update: (change) => {
      signedIn = change?.signedIn ?? signedIn;
      accounts = change?.accounts ?? accounts;
      const template = menuTemplate({
        appName: app.getName(),
        language: options.language(),
        platform: platformName,
        signedIn,
        accounts,
        developerTools: !app.isPackaged,
        send: options.send,
        choose: options.choose,
      });
      Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    },
  };
}
