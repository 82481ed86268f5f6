import { fold, foldCompact } from '#shared/domain/fold.ts';
import type { BasketRow } from '#shared/ipc/baskets.ts';
import type { MonthCount } from '#lib/month-layout.ts';
import { shopDay } from '#lib/today.ts';

export const SECTIONS = ['baskets', 'templates', 'bin'] as const;
export type Section = (typeof SECTIONS)[number];
export type BasketFilter = { section: Section; text: string };

export function sectionOf(row: Pick<BasketRow, 'isTemplate' | 'deletedAt'>): Section {
  if (row.deletedAt !== undefined) return 'bin';
  return row.isTemplate ? 'templates' : 'baskets';
}

/** The baskets of a section whose name or vehicle has every word of the text: last changed first, templates by name. */
export function matching(rows: readonly BasketRow[], { section, text }: BasketFilter): BasketRow[] {
  const words = fold(text).split(/\s+/).map(foldCompact).filter(Boolean);
  const found = rows.filter((row) => {
    if (sectionOf(row) !== section) return false;
    const where = foldCompact(`${row.name} ${row.vehicle?.plate ?? ''} ${row.vehicle?.label ?? ''}`);
    return words.every((word) => where.includes(word));
  });
  return section === 'templates' ? found.sort((a, b) => a.name.localeCompare(b.name)) : found;
}

/** How many rows, which come newest first, were changed in each month of the shop's calendar. */
export function monthsOf(rows: readonly BasketRow[]): MonthCount[] {
  const months: MonthCount[] = [];
  for (const row of rows) {
    const month = shopDay(Date.parse(row.changedAt)).slice(0, 7);
    const last = months.at(-1);
    if (last?.month === month) last.count += 1;
    else months.push({ month, count: 1 });
  }
  return months;
}
