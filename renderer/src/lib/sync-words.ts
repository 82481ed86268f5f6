import { m } from '#shared/i18n/generated/messages.js';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { wordsFor } from './errors.ts';
import * as format from './format.ts';

export type SyncWords = { tone: 'ok' | 'busy' | 'off' | 'warn'; word: string; line: string };

/** The state of the copy on this computer, in a word and a line: always true, never alarming without a reason. */
export function syncWords(status: SyncStatus, nowMs: number): SyncWords {
  const { firstSync, lastSyncAt } = status;
  const since = lastSyncAt
    ? m.app_sync_data_of({ moment: format.momentHere(lastSyncAt) })
    : m.app_sync_never();
  if (status.phase === 'offline') return { tone: 'off', word: m.app_sync_offline(), line: since };
  if (status.phase === 'paused') {
    const word = status.problem ? wordsFor(status.problem).title : m.app_sync_paused();
    return { tone: 'warn', word, line: since };
  }
  if (firstSync) {
    const received = format.count(firstSync.received);
    const line =
      firstSync.expected === undefined
        ? m.app_sync_received({ received })
        : m.app_sync_received_of({ received, expected: format.count(firstSync.expected) });
    return { tone: 'busy', word: m.app_sync_first(), line };
  }
  if (status.phase === 'syncing') return { tone: 'busy', word: m.app_sync_under_way(), line: since };
  if (status.problem) return { tone: 'warn', word: wordsFor(status.problem).title, line: since };
  if (status.changes.waiting > 0) return { tone: 'busy', word: m.changes_sync_to_send(), line: since };
  // Idle before anything was read is not "up to date".
  if (!lastSyncAt) return { tone: 'busy', word: m.app_sync_never(), line: '' };
  return {
    tone: 'ok',
    word: m.app_sync_up_to_date(),
    line: m.app_sync_ago({ ago: format.ago(lastSyncAt, nowMs) }),
  };
}
