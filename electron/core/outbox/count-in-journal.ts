import { CHANGE, INSTEAD } from '../db/codes.ts';
import { JournalFile } from './journal-file.ts';
import { JournalState } from './journal-records.ts';

/** Changes of which this computer alone knows: not confirmed yet, and refused ones that nobody has decided about. */
export interface OnlyHere {
  waiting: number;
  refused: number;
}

/** Those in a journal whose database cannot be opened. */
export function countInJournal(path: string): OnlyHere {
  const content = new JournalFile(path).read();
  const changes = new JournalState().read(content?.lines ?? []).inOrder();
  return {
    waiting: changes.filter(({ state, instead }) => state < CHANGE.confirmed && instead === INSTEAD.itself)
      .length,
    refused: changes.filter(({ state }) => state === CHANGE.refused).length,
  };
}
