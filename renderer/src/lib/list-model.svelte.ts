import type { AppError, Result } from '#shared/ipc/errors.ts';
import type { ListSummary } from '#shared/ipc/orders.ts';

/** Rows of one request. The contract allows 500; fewer cross faster and a view rarely needs more than two pages. */
const PAGE_ROWS = 100;
const LARGEST_PAGE = 500;

export type ListSource<Row, Filter, Summary = ListSummary> = {
  summary: (filter: Filter) => Promise<Result<Summary>>;
  page: (filter: Filter, offset: number, limit: number) => Promise<Result<Row[]>>;
  position: (filter: Filter, id: string) => Promise<Result<number | undefined>>;
};

/**
 * A filtered list of any length: its counts, and the pages of rows that are in view. What is on screen stays until all of
 * its successor has arrived, and answers to older questions are dropped.
 */
export class ListModel<Row extends { id: string }, Filter, Summary = ListSummary> {
  summary = $state.raw<Summary>();
  error = $state.raw<AppError>();
  /** Grows when another list is shown: a view then starts at its top. */
  generation = $state(0);
  /** Grows when the same list was read again: a view then keeps its place. */
  version = $state(0);

  #pages = $state.raw<ReadonlyMap<number, Row[]>>(new Map());
  #source: ListSource<Row, Filter, Summary>;
  #filter: Filter;
  #view = { from: 0, to: PAGE_ROWS };
  #ticket = 0;
  #underWay = new Map<number, Promise<void>>();

  constructor(source: ListSource<Row, Filter, Summary>, filter: Filter) {
    this.#source = source;
    this.#filter = filter;
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Where a row stands among those that were read. */
  indexOf(id: string): number | undefined {
    for (const [page, rows] of this.#pages) {
      const inside = rows.findIndex((row) => row.id === id);
      if (inside !== -1) return page * PAGE_ROWS + inside;
    }
    return undefined;
  }

  async positionOf(id: string): Promise<number | undefined> {
    const here = this.indexOf(id);
    if (here !== undefined) return here;
    const answer = await this.#source.position(this.#filter, id);
    return answer.ok ? answer.value : undefined;
  }

  /** Shows the list of another filter, from `from` on. */
  async open(filter: Filter, from = 0): Promise<void> {
    this.#filter = filter;
    this.#view = { from, to: from + 1 };
    await this.#read(() => (this.generation += 1));
  }

  /** Reads again what is shown. */
  async refresh(): Promise<void> {
    await this.#read(() => (this.version += 1));
  }

  /** Tells which rows a view shows, so that those still missing are read. */
  see(from: number, to: number): void {
    this.#view = { from, to };
    for (const page of this.#pagesInView()) if (!this.#pages.has(page)) void this.#readPage(page);
  }

  /** The row at an index, read first when it is missing; none when another list is asked for meanwhile. */
  async fetch(index: number): Promise<Row | undefined> {
    const page = Math.floor(index / PAGE_ROWS);
    const filter = this.#filter;
    let ticket: number | undefined;
    // What was read while the same list was read again is dropped, and is to be read once more.
    while (filter === this.#filter && ticket !== this.#ticket && !this.#pages.has(page)) {
      ticket = this.#ticket;
      await this.#readPage(page);
    }
    return filter === this.#filter ? this.row(index) : undefined;
  }

  /** Ids of a range of rows, both ends included, in whichever direction it was drawn. */
  async ids(a: number, b: number): Promise<string[]> {
    const from = Math.min(a, b);
    const to = Math.max(a, b) + 1;
    const ids: string[] = [];
    for (let offset = from; offset < to; offset += LARGEST_PAGE) {
      const page = await this.#source.page(this.#filter, offset, Math.min(LARGEST_PAGE, to - offset));
      if (!page.ok) break;
      for (const row of page.value) ids.push(row.id);
    }
    return ids;
  }

  #pagesInView(): number[] {
    const first = Math.floor(this.#view.from / PAGE_ROWS);
    const last = Math.floor(Math.max(this.#view.from, this.#view.to - 1) / PAGE_ROWS);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }

  /** `commit` runs in the same step as the new rows, so that no view ever sees one without the other. */
  async #read(commit: () => void): Promise<void> {
    const ticket = ++this.#ticket;
    this.#underWay.clear();
    const filter = this.#filter;
    const wanted = this.#pagesInView();
    const [summary, ...pages] = await Promise.all([
      this.#source.summary(filter),
      ...wanted.map((page) => this.#source.page(filter, page * PAGE_ROWS, PAGE_ROWS)),
    ]);
    if (ticket !== this.#ticket) return;
    const failed = [summary, ...pages].find((result) => !result.ok);
    if (failed && !failed.ok) {
      this.error = failed.error;
      return;
    }
    const rows = new Map<number, Row[]>();
    for (const [i, page] of pages.entries()) if (page.ok) rows.set(wanted[i] ?? 0, page.value);
    this.error = undefined;
    this.#pages = rows;
    if (summary.ok) this.summary = summary.value;
    commit();
    // A view that moved while the answer was under way needs other pages than those asked for.
    this.see(this.#view.from, this.#view.to);
  }

  /** Reads a page once, however many ask for it meanwhile. */
  #readPage(page: number): Promise<void> {
    const underWay = this.#underWay.get(page);
    if (underWay) return underWay;
    const ticket = this.#ticket;
    const reading = this.#source.page(this.#filter, page * PAGE_ROWS, PAGE_ROWS).then((result) => {
      if (ticket !== this.#ticket) return;
      this.#underWay.delete(page);
      if (result.ok) this.#pages = new Map(this.#pages).set(page, result.value);
      else this.error = result.error;
    });
    this.#underWay.set(page, reading);
    return reading;
  }
}
