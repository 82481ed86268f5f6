import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { momentHere } from './format.ts';
import { syncWords } from './sync-words.ts';

const now = Date.parse('2026-11-22T09:41:12.000Z');
const status = (over: Partial<SyncStatus> = {}): SyncStatus => ({
  phase: 'idle',
  lastSyncAt: '2026-11-22T09:41:00.000Z',
  counts: { orders: 0, invoices: 0, vehicles: 0, baskets: 0 },
  changes: { waiting: 0, refused: 0, notices: 0 },
  files: { here: 0, waiting: 0, damaged: 0, failed: 0 },
  unreadable: 0,
  ...over,
});

describe('sync words', () => {
  it('say "up to date" only when nothing is wrong', () => {
    expect(syncWords(status(), now)).toMatchObject({ tone: 'ok', word: 'À jour' });
    expect(syncWords(status({ problem: { kind: 'bad_answer' } }), now).tone).toBe('warn');
  });

  it('do not say "up to date" while changes of this computer have not left', () => {
    const waiting = { waiting: 2, refused: 0, notices: 0 };
    expect(syncWords(status({ changes: waiting }), now)).toMatchObject({
      tone: 'busy',
      word: 'Modifications à envoyer',
    });
    expect(syncWords(status({ changes: waiting, phase: 'offline' }), now).word).toBe('Hors ligne');
  });

  it('do not say "up to date" before anything was read', () => {
    const { lastSyncAt: _never, ...fresh } = status();
    expect(syncWords(fresh, now)).toMatchObject({ tone: 'busy', word: 'Pas encore synchronisé' });
  });

  it('say how old the data is while offline', () => {
    expect(syncWords(status({ phase: 'offline' }), now)).toEqual({
      tone: 'off',
      word: 'Hors ligne',
      line: `Données du ${momentHere('2026-11-22T09:41:00.000Z')}`,
    });
  });

  it('say what stops a paused sync', () => {
    expect(syncWords(status({ phase: 'paused', problem: { kind: 'disk_full' } }), now).word).toBe(
      'Le disque est plein.',
    );
  });

  it('count the first read while it goes on, with or without a known end', () => {
    const first = { received: 1200, expected: 10_000 };
    expect(syncWords(status({ phase: 'syncing', firstSync: first }), now).line).toBe(
      '1\u202f200 sur 10\u202f000 éléments',
    );
    expect(syncWords(status({ phase: 'syncing', firstSync: { received: 3 } }), now).line).toBe(
      '3 éléments reçus',
    );
  });
});
