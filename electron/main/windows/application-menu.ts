import { app, Menu } from 'electron';
import type { Command } from '#shared/ipc/contract.ts';
import type { Language } from '#main/platform/language.ts';
import { platformName } from '#main/platform/paths.ts';
import { menuTemplate } from './menu.ts';

export interface ApplicationMenu {
  /** Builds the menu anew: in the language of the moment, for an account or for none. */
  update: (change?: { signedIn: boolean }) => void;
}

export function createApplicationMenu(options: {
  language: () => Language;
  send: (command: Command) => void;
}): ApplicationMenu {
  let signedIn = false;
  // None until ours is built: Electron would otherwise build an English one at every start.
  Menu.setApplicationMenu(null);
  return {
    update: (change) => {
      signedIn = change?.signedIn ?? signedIn;
      const template = menuTemplate({
        appName: app.getName(),
        language: options.language(),
        platform: platformName,
        signedIn,
        developerTools: !app.isPackaged,
        send: options.send,
      });
      Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    },
  };
}
