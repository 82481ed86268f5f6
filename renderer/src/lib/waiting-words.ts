import { m } from '#shared/i18n/generated/messages.js';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { wordsFor } from './errors.ts';
import { timeHere } from './format.ts';

/** When the changes that wait will leave, as far as anybody can say. */
export function waitingWords(status: SyncStatus | undefined, sessionExpired: boolean): string {
  if (sessionExpired) return m.changes_waiting_expired();
  if (status?.phase === 'offline') return m.changes_waiting_offline();
  if (status?.phase === 'syncing') return m.changes_waiting_syncing();
  if (status?.problem) return `${wordsFor(status.problem).title} ${m.changes_waiting_problem()}`;
  if (status?.nextTryAt) return m.changes_waiting_next({ time: timeHere(status.nextTryAt) });
  return m.changes_waiting_soon();
}
