import { parisDay, dateOf } from './calendar.ts';

const YEAR_MS = 366 * 86_400_000;

/**
 * Order and document numbers as one customer sees them: a shop numbers all its customers' orders in one row, so the numbers
 * of one customer rise with time and have gaps.
 */
export class Numbers {
  #lastOrder = 0;
  readonly #taken = new Set<string>();

  /** Other numbers, for trying out an order without using up any. */
  apart(): Numbers {
    return new Numbers();
  }

  /** About 1,100 orders a day, whoever places them; strictly rising when asked in the order of time. */
  order(placedAt: number): string {
    const sinceStart = (placedAt - Date.UTC(2018, 0, 1)) / 86_400_000;
    this.#lastOrder = Math.max(this.#lastOrder + 1, Math.floor(1_250_000 + sinceStart * 1_100));
    return String(this.#lastOrder);
  }

  /** `F-2026-000123`: the series, the year, and a place in the year's row that the time of issue decides. */
  document(series: string, issuedAt: number): string {
    const year = dateOf(parisDay(issuedAt)).slice(0, 4);
    const share = (issuedAt - Date.UTC(Number(year), 0, 1) + 3_600_000) / YEAR_MS;
    let place = 1 + Math.floor(share * 960_000);
    const numbered = (): string => `${series}-${year}-${String(place).padStart(6, '0')}`;
    while (this.#taken.has(numbered())) place += 1;
    this.#taken.add(numbered());
    return numbered();
  }
}
