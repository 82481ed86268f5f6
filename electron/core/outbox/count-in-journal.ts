import type { OnlyHere } from '#shared/ipc/accounts.ts';
import { CHANGE, INSTEAD } from '../db/codes.ts';
import { JournalFile } from './journal-file.ts';
import { JournalState } from './journal-records.ts';

/** Those in a journal whose database is not open; its lines are sealed with the key, if there is one. */
export function countInJournal(path: string, key: Uint8Array | undefined): OnlyHere {
  const content = new JournalFile(path, undefined, key).read();
  const changes = new JournalState().read(content?.lines ?? []).inOrder();
  return {
    waiting: changes.filter(({ state, instead }) => state < CHANGE.confirmed && instead === INSTEAD.itself)
      .length,
    refused: changes.filter(({ state }) => state === CHANGE.refused).length,
  };
}
