import type { EntityType } from '#shared/domain/entities.ts';
import { pagesOf } from '../../db/base.ts';
import type { Connection } from '../../db/connection.ts';

/** An order takes some kilobytes: a page of them is a piece that nobody notices. */
const PAGE = 200;

/** An array with one value on each line, so that it can be read piece by piece as well. */
export function* jsonArray(pages: Iterable<readonly unknown[]>): Generator<string> {
  let before = '[\n';
  for (const page of pages) {
    if (page.length === 0) continue;
    yield before + page.map((value) => JSON.stringify(value)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

export function* entities(db: Connection, type: EntityType): Generator<unknown[]> {
  for (const page of pagesOf(db, type, PAGE)) yield page.map(({ id, value }) => ({ id, ...value }));
}

export const jsonValue = (value: unknown): string[] => [`${JSON.stringify(value, null, 2)}\n`];
