import { expect, it } from 'vitest';
import { ok } from '#shared/ipc/errors.ts';
import type { ListSource } from './list-model.svelte.ts';
import { ListView } from './list-view.svelte.ts';

type Row = { id: string };

it('tells when all rows are chosen, which a key that acts on them may wait for', async () => {
  let release!: () => void;
  let gate: Promise<void> = Promise.resolve();
  const rows = Array.from({ length: 3 }, (_, i) => ({ id: `row-${i}` }));
  const source: ListSource<Row, object, { count: number }> = {
    summary: () => Promise.resolve(ok({ count: rows.length })),
    page: async (_filter, offset, limit) => {
      await gate;
      return ok(rows.slice(offset, offset + limit));
    },
    position: (_filter, id) => Promise.resolve(ok(rows.findIndex((row) => row.id === id))),
  };
  const list = new ListView<Row, object, { count: number }>(source, {});
  await list.show({});
  await list.move(1, { extend: false, toggle: false });
  gate = new Promise((resolve) => (release = resolve));
  void list.chooseAll();
  expect([...list.selection.ids]).toEqual(['row-1']);
  const settled = list.settled();
  release();
  await settled;
  expect([...list.selection.ids]).toEqual(['row-0', 'row-1', 'row-2']);
  expect(list.selection.active).toBe('row-1');
});
