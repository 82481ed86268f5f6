import { m } from '#shared/i18n/generated/messages.js';
import type { ChangeRefusal, MutationCall } from '#shared/ipc/changes.ts';
import type { AppError } from '#shared/ipc/errors.ts';
import { call } from './api.ts';
import { wordsFor } from './errors.ts';
import { refusalWords } from './refusal-words.ts';
import { toasts } from './toasts.svelte.ts';
import { undoStack } from './undo.svelte.ts';

export type ChangeOptions = {
  /** What was done, as a whole sentence ("Panier supprimé."): said in a note that offers to undo it. Without it only Ctrl+Z undoes. */
  done?: string | undefined;
  /** The caller shows a refusal beside its field; otherwise a note says it. */
  showsRefusal?: boolean;
};

/** `problem` is in words that people can read, whatever it was. */
export type ChangeOutcome =
  | { made: true; id: string; canUndo: boolean }
  | { made: false; problem: string; refusal?: ChangeRefusal; error?: AppError };

/** Makes a change: kept on this computer when it answers, whether or not there is a network. */
export async function change(request: MutationCall, options: ChangeOptions = {}): Promise<ChangeOutcome> {
  const outcome = await make(request, options);
  if (outcome.made) offerUndo(outcome.canUndo ? [outcome.id] : [], options.done);
  return outcome;
}

/**
 * Makes changes that belong together, in their order; one undo takes them all back. The first that cannot be made ends it: what was made
 * before stays, and can be undone. Answers how many were made.
 */
export async function changeAll(
  requests: readonly MutationCall[],
  options: { done: (count: number) => string; onprogress?: (made: number) => void },
): Promise<number> {
  const undoable: string[] = [];
  let made = 0;
  for (const request of requests) {
    const outcome = await make(request, {});
    if (!outcome.made) break;
    made += 1;
    if (outcome.canUndo) undoable.push(outcome.id);
    options.onprogress?.(made);
  }
  if (made > 0) offerUndo(undoable, options.done(made));
  return made;
}

async function make(request: MutationCall, { showsRefusal = false }: ChangeOptions): Promise<ChangeOutcome> {
  const result = await call('changes.make', request);
  if (!result.ok) {
    toasts.failure(result.error);
    return { made: false, problem: wordsFor(result.error).title, error: result.error };
  }
  if (result.value.made) return result.value;
  const { refusal } = result.value;
  const words = refusalWords(refusal);
  if (!showsRefusal) toasts.add('bad', words.title, words.meaning);
  return { made: false, problem: words.title, refusal };
}

/** Says what was done, with a way back where there is one: last change first. */
export function offerUndo(ids: readonly string[], done: string | undefined): void {
  if (ids.length === 0) {
    if (done !== undefined) toasts.add('ok', done);
    return;
  }
  const step: { ids: readonly string[]; toast?: number } = { ids };
  undoStack.push(step);
  if (done === undefined) return;
  step.toast = toasts.offer(done, { label: m.changes_undo(), run: () => void undoStack.undo(step) });
}
