import { setMeta } from '../db/meta.ts';
import type { Transaction, Writes, Written } from '../db/writes.ts';
import type { Log } from '../log.ts';
import type { JournalFile } from './journal-file.ts';
import type { JournalRecord } from './journal-records.ts';

/** A transaction over entities and changes, which the journal follows. */
export interface OutboxTransaction extends Transaction {
  accountId: string;
  /** Milliseconds since 1970. */
  now: number;
  /** So many changes may wait or be undecided. */
  mostChanges: number;
  log: Log;
  /** Writes it to the journal before the commit. */
  note: (record: JournalRecord) => void;
  /** The same, and the commit waits until it is on the disk: for what people did. */
  keep: (record: JournalRecord) => void;
}

/**
 * Runs a transaction. The journal is written last, after everything that may be refused or fail, and before the commit; when the commit
 * fails, what was written to it is taken back. The database remembers which journal belongs to it.
 */
export function runWithJournal<T>(
  writes: Writes,
  file: JournalFile,
  who: Pick<OutboxTransaction, 'accountId' | 'now' | 'mostChanges' | 'log'>,
  work: (transaction: OutboxTransaction) => Promise<T> | T,
): Promise<Written<T>> {
  return writes.run(async (transaction) => {
    const lines: string[] = [];
    let durable = false;
    const note = (record: JournalRecord): void => void lines.push(JSON.stringify(record));
    const keep = (record: JournalRecord): void => {
      note(record);
      durable = true;
    };
    transaction.ifUndone(file.here());
    const value = await work({ ...transaction, ...who, note, keep });
    if (lines.length > 0) {
      file.append(lines);
      if (durable) file.sync();
      setMeta(transaction.db, 'journal', file.mark);
    }
    return value;
  });
}
