import { expect, it } from 'vitest';
import { Uuid } from '#shared/domain/ids.ts';
import { newId } from './new-id.ts';

it('makes ids of version 7 that sort by their moment', () => {
  const ids = [0, 1, Date.UTC(2026, 10, 22), 2 ** 48 - 1].map(newId);
  for (const id of ids) expect(Uuid.parse(id)[14]).toBe('7');
  expect([...ids].sort()).toEqual(ids);
  expect(newId(5)).not.toBe(newId(5));
});
