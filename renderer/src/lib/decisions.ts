import { m } from '#shared/i18n/generated/messages.js';
import type { ChangeList, MadeChange, PendingChange } from '#shared/ipc/changes.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { call } from './api.ts';
import { change, offerUndo } from './changes.svelte.ts';
import { refusalWords } from './refusal-words.ts';
import { toasts } from './toasts.svelte.ts';

export type StandingNotice = ChangeList['notices'][number];

/** Makes a refused change again, on top of what stands now. */
export async function sendAgain({ id }: PendingChange): Promise<void> {
  say(await call('changes.sendAgain', { id }), m.changes_sent_again());
}

/** Makes refused changes again, in the order they were made; one undo takes them all back. What is refused once more stays where it is. */
export async function sendAllAgain(newestFirst: readonly PendingChange[]): Promise<void> {
  const undoable: string[] = [];
  let made = 0;
  let left = 0;
  for (const { id } of newestFirst.toReversed()) {
    const result = await call('changes.sendAgain', { id });
    if (!result.ok) {
      toasts.failure(result.error);
      break;
    }
    if (!result.value.made) left += 1;
    else {
      made += 1;
      if (result.value.canUndo) undoable.push(result.value.id);
    }
  }
  if (made > 0) offerUndo(undoable, m.changes_send_all_again_done({ count: made }));
  if (left > 0) toasts.add('bad', m.changes_send_all_again_left({ count: left }));
}

/** Lets refused changes go; answers how many went. */
export async function letGo(changes: readonly PendingChange[]): Promise<number> {
  let gone = 0;
  for (const { id } of changes) {
    const result = await call('changes.letGo', { id });
    if (!result.ok) {
      toasts.failure(result.error);
      break;
    }
    gone += 1;
  }
  return gone;
}

/** Puts the value back that lost. */
export async function takeBack({ id }: StandingNotice): Promise<void> {
  say(await call('notices.takeBack', { id }), m.changes_taken_back());
}

/** Puts notices away, on every device. */
export async function dismiss(notices: readonly StandingNotice[]): Promise<void> {
  for (const { id } of notices) {
    const outcome = await change({ name: 'notice.dismiss', args: { id } });
    if (!outcome.made) return;
  }
}

function say(result: Result<MadeChange>, done: string): void {
  if (!result.ok) toasts.failure(result.error);
  else if (result.value.made) offerUndo(result.value.canUndo ? [result.value.id] : [], done);
  else {
    const words = refusalWords(result.value.refusal);
    toasts.add('bad', words.title, words.meaning);
  }
}
