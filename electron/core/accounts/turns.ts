/** What changes who is shown, one after another in the order in which it was asked for, whatever became of the one before. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Answers what the work does, or throws what it throws. Work must not wait for a later turn. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
