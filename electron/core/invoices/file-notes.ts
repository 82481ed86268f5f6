import type { Store } from '../db/store.ts';
import type { Clock } from '../env.ts';
import { noteFile, type FileNote } from './records.ts';

/** As long as a picture on the screen: nobody sees that a note is later by it. */
const TOGETHER_MS = 16;

/**
 * Notes what became of files, many in one transaction: one by itself takes as long as fetching a small invoice. A file whose note is lost is fetched again.
 */
export class FileNotes {
  readonly #store: Store;
  readonly #clock: Clock;
  #waiting: FileNote[] = [];
  #written: Promise<void> | undefined;
  #writeNow: (() => void) | undefined;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Resolves once it is written, with those that came about the same time. */
  add(note: FileNote): Promise<void> {
    this.#waiting.push(note);
    this.#written ??= this.#due().then(() => this.#write());
    return this.#written;
  }

  /** Writes what waits: nothing more is to come soon. */
  flush(): void {
    this.#writeNow?.();
  }

  #due(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#clock.after(TOGETHER_MS, resolve);
      this.#writeNow = () => {
        stop();
        resolve();
      };
    });
  }

  #write(): Promise<void> {
    const notes = this.#waiting;
    this.#waiting = [];
    this.#written = undefined;
    this.#writeNow = undefined;
    return this.#store.write((db) => {
      for (const note of notes) noteFile(db, note);
    });
  }
}
