import { m } from '#shared/i18n/generated/messages.js';
import type { SyncLogEntry } from '#shared/ipc/changes.ts';
import { dots } from './dots.ts';
import { wordsFor } from './errors.ts';
import * as format from './format.ts';

/** What a try to sync did, in a line; what stopped it comes first. */
export function syncLogWords({ problem, received, sent, refused, count }: SyncLogEntry): string {
  const words = dots(
    problem && wordsFor({ kind: problem }).title.replace(/\.$/, ''),
    received > 0 && m.changes_log_received({ count: received, shown: format.count(received) }),
    sent > 0 && m.changes_log_sent({ count: sent, shown: format.count(sent) }),
    refused > 0 && m.changes_log_refused({ count: refused }),
    count > 1 && m.changes_log_tries({ count }),
  );
  return words === '' ? m.changes_log_nothing() : words;
}

/** How it ended. */
export function syncLogLook({ problem, refused }: SyncLogEntry): {
  tone: 'ok' | 'warn' | 'info';
  word: string;
} {
  if (problem) return { tone: 'warn', word: m.changes_log_stopped() };
  if (refused > 0) return { tone: 'info', word: m.changes_log_to_decide() };
  return { tone: 'ok', word: m.changes_log_done() };
}
