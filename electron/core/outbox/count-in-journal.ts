import { CHANGE, INSTEAD } from '../db/codes.ts';
import { JournalFile } from './journal-file.ts';
import { JournalState } from './journal-records.ts';

/** How many changes wait in a journal whose database cannot be opened. */
export function countInJournal(path: string): number {
  const content = new JournalFile(path).read();
  const changes = new JournalState().read(content?.lines ?? []).inOrder();
  return changes.filter(({ state, instead }) => state < CHANGE.confirmed && instead === INSTEAD.itself)
    .length;
}
