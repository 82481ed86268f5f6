import { ipcMain, type WebContents } from 'electron';
import { fail } from '#shared/ipc/errors.ts';
import { engineCalls, shellCalls } from '#shared/ipc/names.ts';
import type { Log } from '#main/platform/logging.ts';
import type { Dispatch } from './dispatch.ts';
import { isTrustedSender } from './sender.ts';

export interface Registration {
  dispatch: Dispatch;
  ourOrigin: string;
  ourContents: () => readonly WebContents[];
  log: Log;
}

/** The only user of ipcMain: every call of the page passes here, and none other exists. */
export function registerCalls({ dispatch, ourOrigin, ourContents, log }: Registration): void {
  for (const name of [...engineCalls, ...shellCalls]) {
    ipcMain.handle(name, (event, input: unknown, accountId: unknown) => {
      if (!isTrustedSender(event, ourContents(), ourOrigin)) {
        log('error', 'a call came from a page that is not ours', { call: name });
        return fail('untrusted_sender');
      }
      return dispatch(name, input, accountId);
    });
  }
}
