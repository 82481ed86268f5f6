import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '#shared/ipc/errors.ts';
import type { ListSummary } from '#shared/ipc/orders.ts';
import { ListModel, type ListSource } from './list-model.svelte.ts';

type Row = { id: string };
type Filter = { name: string };

const summary = (count: number): ListSummary => ({
  count,
  exclVat: 0,
  inclVat: 0,
  currency: 'EUR',
  months: [{ month: '2026-11', count, exclVat: 0, inclVat: 0 }],
});

/** A list whose rows are named after the filter, and whose answers can be held back. */
function source(count: () => number) {
  const asked: string[] = [];
  let gate: Promise<void> = Promise.resolve();
  const answer = async <T>(name: string, value: () => Result<T>): Promise<Result<T>> => {
    asked.push(name);
    await gate;
    return value();
  };
  const rows: ListSource<Row, Filter> = {
    summary: ({ name }) => answer(`summary ${name}`, () => ok(summary(count()))),
    page: ({ name }, offset, limit) =>
      answer(`page ${name} ${offset}`, () =>
        ok(
          Array.from({ length: Math.max(0, Math.min(limit, count() - offset)) }, (_, i) => ({
            id: `${name}-${offset + i}`,
          })),
        ),
      ),
    position: (_filter, id) => answer('position', () => ok(Number(id.split('-')[1]))),
  };
  return {
    rows,
    asked,
    hold: () => {
      let release!: () => void;
      gate = new Promise((resolve) => (release = resolve));
      return release;
    },
  };
}

describe('ListModel', () => {
  it('reads what is in view, and other pages only once they are looked at', async () => {
    const list = source(() => 1000);
    const model = new ListModel(list.rows, { name: 'a' });
    await model.open({ name: 'a' });
    expect(list.asked).toEqual(['summary a', 'page a 0']);
    expect(model.row(500)).toBeUndefined();
    model.see(495, 515);
    expect((await model.fetch(500))?.id).toBe('a-500');
    expect(list.asked.filter((name) => name.startsWith('page'))).toEqual([
      'page a 0',
      'page a 400',
      'page a 500',
    ]);
  });

  it('shows nothing of a filter that was changed meanwhile', async () => {
    const list = source(() => 10);
    const model = new ListModel(list.rows, { name: 'a' });
    const release = list.hold();
    const first = model.open({ name: 'a' });
    const second = model.open({ name: 'b' });
    release();
    await Promise.all([first, second]);
    expect(model.row(0)?.id).toBe('b-0');
    expect(model.generation).toBe(1);
  });

  it('keeps rows on screen until their successors have all come', async () => {
    let count = 10;
    const list = source(() => count);
    const model = new ListModel(list.rows, { name: 'a' });
    await model.open({ name: 'a' });
    count = 11;
    const release = list.hold();
    const refreshed = model.refresh();
    expect(model.row(9)?.id).toBe('a-9');
    expect(model.summary?.count).toBe(10);
    release();
    await refreshed;
    expect(model.summary?.count).toBe(11);
    expect([model.generation, model.version]).toEqual([1, 1]);
  });

  it('asks the engine for the place of a row that was not read', async () => {
    const list = source(() => 1000);
    const model = new ListModel(list.rows, { name: 'a' });
    await model.open({ name: 'a' });
    expect(await model.positionOf('a-7')).toBe(7);
    expect(list.asked).not.toContain('position');
    expect(await model.positionOf('a-700')).toBe(700);
    expect(list.asked).toContain('position');
  });

  it('collects the ids of a range over several pages, drawn either way', async () => {
    const list = source(() => 1000);
    const model = new ListModel(list.rows, { name: 'a' });
    await model.open({ name: 'a' });
    const ids = await model.ids(720, 5);
    expect(ids).toHaveLength(716);
    expect([ids[0], ids.at(-1)]).toEqual(['a-5', 'a-720']);
  });

  it('says why it shows nothing, and recovers', async () => {
    let broken = true;
    const list = source(() => 3);
    const model = new ListModel(
      {
        ...list.rows,
        summary: (filter) => (broken ? Promise.resolve(fail('database_busy')) : list.rows.summary(filter)),
      },
      { name: 'a' },
    );
    await model.open({ name: 'a' });
    expect(model.error?.kind).toBe('database_busy');
    broken = false;
    await model.refresh();
    expect(model.error).toBeUndefined();
    expect(model.summary?.count).toBe(3);
  });
});
