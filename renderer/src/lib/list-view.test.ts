import { expect, it } from 'vitest';
import { ok } from '#shared/ipc/errors.ts';
import type { ListSource } from './list-model.svelte.ts';
import { ListView } from './list-view.svelte.ts';

type Row = { id: string };
type Filter = { name: string };

const ONE = { extend: false, toggle: false };

/** A list of rows named after the filter, whose pages can be held back. */
function heldList(count: number) {
  let gate: Promise<void> = Promise.resolve();
  const rows = ({ name }: Filter): Row[] => Array.from({ length: count }, (_, i) => ({ id: `${name}-${i}` }));
  const source: ListSource<Row, Filter, { count: number }> = {
    summary: () => Promise.resolve(ok({ count })),
    page: async (filter, offset, limit) => {
      await gate;
      return ok(rows(filter).slice(offset, offset + limit));
    },
    position: (filter, id) => Promise.resolve(ok(rows(filter).findIndex((row) => row.id === id))),
  };
  return {
    list: new ListView<Row, Filter, { count: number }>(source, { name: 'row' }),
    hold: () => {
      let release!: () => void;
      gate = new Promise((resolve) => (release = resolve));
      return release;
    },
  };
}

it('tells when all rows are chosen, which a key that acts on them may wait for', async () => {
  const { list, hold } = heldList(3);
  await list.show({ name: 'row' });
  await list.move(1, ONE);
  const release = hold();
  void list.chooseAll();
  expect([...list.selection.ids]).toEqual(['row-1']);
  const settled = list.settled();
  release();
  await settled;
  expect([...list.selection.ids]).toEqual(['row-0', 'row-1', 'row-2']);
  expect(list.selection.active).toBe('row-1');
});

it('keeps the row that was moved to when the list is read again before that row is', async () => {
  const { list, hold } = heldList(1000);
  await list.show({ name: 'row' });
  await list.move(1, ONE);
  const release = hold();
  const moved = list.move(999, ONE);
  const read = list.refresh();
  release();
  await Promise.all([moved, read]);
  expect(list.activeIndex).toBe(999);
  expect([...list.selection.ids]).toEqual(['row-999']);
});

it('chooses nothing in a list that took the place of the one that was moved in', async () => {
  const { list, hold } = heldList(1000);
  await list.show({ name: 'row' });
  const release = hold();
  const moved = list.move(999, ONE);
  const shown = list.show({ name: 'other' });
  release();
  await Promise.all([moved, shown]);
  expect(list.activeIndex).toBeUndefined();
  expect(list.selection.ids.size).toBe(0);
});
