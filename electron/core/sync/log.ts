import type { AppErrorKind } from '#shared/ipc/errors.ts';
import { toInstant } from '#shared/domain/calendar.ts';
import type { SyncLogEntry } from '#shared/ipc/changes.ts';
import type { z } from 'zod';
import type { Connection } from '../db/connection.ts';

/** What one try to sync came to. Times in milliseconds. */
export interface Attempt {
  startedAt: number;
  tookMs: number;
  sent: number;
  refused: number;
  received: number;
  problem: AppErrorKind | undefined;
}

const KEPT_MS = 30 * 86_400_000;
const MOST = 500;

interface Row {
  pk: number;
  started_at: number;
  took_ms: number;
  count: number;
  sent: number;
  refused: number;
  received: number;
  problem: AppErrorKind | null;
}

/** A try that neither sent nor brought nor failed anything leaves no trace: most polls are like that. */
export function isWorthNoting({ sent, received, problem }: Attempt): boolean {
  return sent > 0 || received > 0 || problem !== undefined;
}

/** Failures that are alike, one after another, are one entry. */
export function noteAttempt(db: Connection, attempt: Attempt): void {
  const { startedAt, tookMs, sent, refused, received, problem } = attempt;
  const last = db.get<Row>('SELECT * FROM sync_log ORDER BY pk DESC LIMIT 1');
  const failedOnly = sent === 0 && received === 0 && problem !== undefined;
  if (failedOnly && last?.problem === problem && last.sent === 0 && last.received === 0) {
    db.run('UPDATE sync_log SET count = count + 1 WHERE pk = ?', last.pk);
    return;
  }
  db.run(
    'INSERT INTO sync_log (started_at, took_ms, count, sent, refused, received, problem) VALUES (?, ?, 1, ?, ?, ?, ?)',
    startedAt,
    Math.round(tookMs),
    sent,
    refused,
    received,
    problem ?? null,
  );
  db.run('DELETE FROM sync_log WHERE started_at < ?', startedAt - KEPT_MS);
  db.run('DELETE FROM sync_log WHERE pk <= (SELECT max(pk) FROM sync_log) - ?', MOST);
}

/** Newest first. */
export function readLog(db: Connection): z.infer<typeof SyncLogEntry>[] {
  return db.all<Row>('SELECT * FROM sync_log ORDER BY pk DESC').map((row) => ({
    startedAt: toInstant(row.started_at),
    tookMs: row.took_ms,
    count: row.count,
    sent: row.sent,
    refused: row.refused,
    received: row.received,
    ...(row.problem !== null && { problem: row.problem }),
  }));
}
