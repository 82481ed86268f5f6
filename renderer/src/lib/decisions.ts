import { m } from '#shared/i18n/generated/messages.js';
import type { ChangeList, MadeChange, PendingChange } from '#shared/ipc/changes.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { call } from './api.ts';
import { change } from './changes.svelte.ts';
import { refusalWords } from './refusal-words.ts';
import { toasts } from './toasts.svelte.ts';

export type StandingNotice = ChangeList['notices'][number];

/** Makes a refused change again, on top of what stands now. */
export async function sendAgain({ id }: PendingChange): Promise<void> {
  say(await call('changes.sendAgain', { id }), m.changes_sent_again());
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
  else if (result.value.made) toasts.add('ok', done);
  else {
    const words = refusalWords(result.value.refusal);
    toasts.add('bad', words.title, words.meaning);
  }
}
