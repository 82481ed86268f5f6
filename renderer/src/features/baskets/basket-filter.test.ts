import { describe, expect, it } from 'vitest';
import type { BasketRow } from '#shared/ipc/baskets.ts';
import { matching, monthsOf, sectionOf } from './basket-filter.ts';

const row = (name: string, more: Partial<BasketRow> = {}): BasketRow => ({
  id: name,
  name,
  isTemplate: false,
  lineCount: 0,
  quantity: 0,
  total: { exclVat: 0, inclVat: 0, currency: 'EUR', unpriced: 0 },
  changedAt: '2026-11-12T08:00:00.000Z',
  pending: false,
  ...more,
});
const deletedAt = '2026-11-13T08:00:00.000Z';

describe('sections', () => {
  it('tell baskets, templates and what was deleted apart', () => {
    expect(sectionOf(row('a'))).toBe('baskets');
    expect(sectionOf(row('a', { isTemplate: true }))).toBe('templates');
    expect(sectionOf(row('a', { isTemplate: true, deletedAt }))).toBe('bin');
  });
});

describe('the search field', () => {
  const vehicle = { id: 'v', plate: 'AB-123-CD', label: 'Renault Clio IV' };
  const rows = [row('Révision'), row('Freins', { vehicle }), row('Vieux', { deletedAt })];
  const names = (text: string) => matching(rows, { section: 'baskets', text }).map(({ name }) => name);

  it('finds by name, plate and vehicle, whatever the accents and separators', () => {
    expect(names('revision')).toEqual(['Révision']);
    expect(names('ab123')).toEqual(['Freins']);
    expect(names('clio frein')).toEqual(['Freins']);
  });

  it('leaves the other sections out', () => {
    expect(names('')).toEqual(['Révision', 'Freins']);
    expect(names('vieux')).toEqual([]);
  });
});

it('templates stand by name, as people look for them', () => {
  const templates = ['Révision', 'Embrayage', 'Écrou'].map((name) => row(name, { isTemplate: true }));
  const shown = matching(templates, { section: 'templates', text: '' });
  expect(shown.map(({ name }) => name)).toEqual(['Écrou', 'Embrayage', 'Révision']);
});

describe('months', () => {
  it('are those of the shop, newest first', () => {
    expect(
      monthsOf([
        row('a', { changedAt: '2026-11-30T23:30:00.000Z' }),
        row('b', { changedAt: '2026-11-30T22:30:00.000Z' }),
        row('c', { changedAt: '2026-11-02T08:00:00.000Z' }),
      ]),
    ).toEqual([
      { month: '2026-12', count: 1 },
      { month: '2026-11', count: 2 },
    ]);
  });
});
