import { m } from '#shared/i18n/generated/messages.js';
import { call } from './api.ts';
import { refusalWords } from './refusal-words.ts';
import { toasts } from './toasts.svelte.ts';

/** What a person did in one go: one change, or several that belong together, in the order they were made. */
export type UndoStep = { ids: readonly string[]; toast?: number };

/** As far back as a person remembers what they did; older changes are undone in the list of changes. */
const MOST_STEPS = 20;

/** What can be taken back with one key, newest last. It lives as long as the window and belongs to one account. */
class UndoStack {
  #steps: UndoStep[] = [];
  /** Ends with the step that is being taken back; a key that is pressed meanwhile takes the next one after it. */
  #last: Promise<unknown> = Promise.resolve();

  push(step: UndoStep): void {
    this.#steps = [...this.#steps, step].slice(-MOST_STEPS);
  }

  /** Another account is shown: its owner did none of this. */
  clear(): void {
    this.#steps = [];
  }

  get empty(): boolean {
    return this.#steps.length === 0;
  }

  /** Takes the newest step back, as Ctrl+Z does. */
  undoNewest(): Promise<void> {
    return this.#inTurn(() => this.#steps.at(-1));
  }

  /** Takes a step back, last change first, and says what came of it. */
  undo(step: UndoStep): Promise<void> {
    return this.#inTurn(() => this.#steps.find((other) => other === step));
  }

  #inTurn(choose: () => UndoStep | undefined): Promise<void> {
    const turn = this.#last.then(() => this.#take(choose()));
    // A bug in one turn is told to whoever asked for it, and does not end the others.
    this.#last = Promise.allSettled([turn]);
    return turn;
  }

  async #take(step: UndoStep | undefined): Promise<void> {
    if (!step) return;
    this.#steps = this.#steps.filter((other) => other !== step);
    if (step.toast !== undefined) toasts.dismiss(step.toast);
    for (const id of step.ids.toReversed()) if (!(await undoChange(id))) return;
    toasts.add('ok', m.changes_undone());
  }
}

export const undoStack = new UndoStack();

/** Takes one change back; answers whether that worked, and says so when it did not. */
export async function undoChange(id: string): Promise<boolean> {
  const result = await call('changes.undo', { id });
  if (!result.ok) {
    toasts.failure(result.error);
    return false;
  }
  if (result.value.undone) return true;
  const words = refusalWords(result.value.refusal);
  toasts.add('bad', words.title, words.meaning);
  return false;
}
