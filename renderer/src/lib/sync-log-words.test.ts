import { describe, expect, it } from 'vitest';
import type { SyncLogEntry } from '#shared/ipc/changes.ts';
import { syncLogLook, syncLogWords } from './sync-log-words.ts';

const entry = (over: Partial<SyncLogEntry> = {}): SyncLogEntry => ({
  startedAt: '2026-11-22T09:41:00.000Z',
  tookMs: 120,
  count: 1,
  sent: 0,
  refused: 0,
  received: 0,
  ...over,
});

describe('the log of syncs', () => {
  it('says in a line what came and went, with its thousands apart', () => {
    expect(syncLogWords(entry({ received: 2681 }))).toMatch(/^2\s681 éléments reçus$/);
    expect(syncLogWords(entry({ received: 1, sent: 3, refused: 1 }))).toBe(
      '1 élément reçu · 3 modifications envoyées · 1 refusée',
    );
    expect(syncLogWords(entry())).toBe('Rien de nouveau');
  });

  it('puts what stopped it first', () => {
    const words = syncLogWords(entry({ problem: 'offline', received: 2, count: 4 }));
    expect(words).toMatch(/^[^·]*[^.] · 2 éléments reçus · 4 essais$/);
    expect(syncLogLook(entry({ problem: 'offline', refused: 1 })).word).toBe('Interrompue');
    expect(syncLogLook(entry({ refused: 1 })).word).toBe('À décider');
    expect(syncLogLook(entry()).word).toBe('Terminée');
  });
});
