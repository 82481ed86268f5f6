import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { ManualClock } from '#test/support/manual-clock.ts';
import { FILE } from '../db/codes.ts';
import { Store } from '../db/store.ts';
import { FileNotes } from './file-notes.ts';
import { fileRecord } from './records.ts';

let folder: string;
let store: Store;
let clock: ManualClock;
let notes: FileNotes;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-notes-'));
  store = new Store(join(folder, 'cache.db'), () => undefined);
  clock = new ManualClock();
  notes = new FileNotes(store, clock);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const ids = Array.from({ length: 5 }, () => newId());
const addAll = (): Promise<unknown> => Promise.all(ids.map((id) => notes.add({ id, state: FILE.failed })));
const noted = (): number => ids.filter((id) => fileRecord(store.reader, id)?.state === FILE.failed).length;

it('writes what comes together in one transaction, when the time has come', async () => {
  const before = store.version;
  const written = addAll();
  clock.advance(15);
  await store.write(() => undefined);
  expect(noted()).toBe(0);
  clock.advance(1);
  await written;
  expect(noted()).toBe(5);
  expect(store.version).toBe(before + 2);
});

it('writes at once when nothing more is to come, and goes on afterwards', async () => {
  const written = addAll();
  notes.flush();
  await written;
  expect(noted()).toBe(5);
  const later = notes.add({ id: ids[0] ?? '', state: FILE.damaged });
  notes.flush();
  await later;
  expect(noted()).toBe(4);
});

it('tells everyone whose note could not be written, and writes the next ones', async () => {
  store.limitPages(1);
  const many = Array.from({ length: 2000 }, () => notes.add({ id: newId(), state: FILE.failed }));
  notes.flush();
  const outcomes = await Promise.allSettled(many);
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  store.limitPages(100_000);
  const written = addAll();
  notes.flush();
  await written;
  expect(noted()).toBe(5);
});
