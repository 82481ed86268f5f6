import type { ListSummary } from '#shared/ipc/orders.ts';
import { ListModel, type ListSource } from './list-model.svelte.ts';
import { ListSelection } from './list-selection.svelte.ts';

export type Move = { extend: boolean; toggle: boolean };

/** As many rows as one action may take at a time; the contract's limit on ids. */
const MOST_CHOSEN = 10_000;

/** A long list as a person handles it: what it shows, which rows are chosen, where it is scrolled, what is open beside it. */
export class ListView<Row extends { id: string }, Filter, Summary extends { count: number } = ListSummary> {
  scrollTop = $state(0);
  /** The detail covers the list where there is no room for both. */
  detailOpen = $state(false);
  activeIndex = $state<number>();
  readonly selection = new ListSelection();
  readonly model: ListModel<Row, Filter, Summary>;

  #openedKey: string | undefined;
  #move = 0;
  #choosing: Promise<void> = Promise.resolve();

  constructor(source: ListSource<Row, Filter, Summary>, filter: Filter) {
    this.model = new ListModel(source, filter);
  }

  /** Shows what a filter asks for; reads again what is shown when the filter is still the same. */
  async show(filter: Filter): Promise<void> {
    const key = JSON.stringify(filter);
    if (key === this.#openedKey) return this.refresh();
    this.#openedKey = key;
    await this.model.open(filter);
    return this.#placeActive();
  }

  async refresh(): Promise<void> {
    await this.model.refresh();
    await this.#placeActive();
  }

  /** Makes a row the active one; with `extend` the rows up to it are chosen, with `toggle` it is added or taken away. */
  move(index: number, how: Move): Promise<void> {
    return (this.#choosing = this.#moveTo(index, how));
  }

  chooseAll(): Promise<void> {
    return (this.#choosing = this.#chooseAll());
  }

  /** What was asked for last is chosen now. Rows out of view are read first, and a key that acts on them may come sooner. */
  settled(): Promise<void> {
    return this.#choosing;
  }

  async #moveTo(index: number, { extend, toggle }: Move): Promise<void> {
    const move = ++this.#move;
    this.activeIndex = index;
    // A row that was read is active at once: the next key, and a refresh meanwhile, start from it.
    const row = this.model.row(index) ?? (await this.model.fetch(index));
    if (!row || move !== this.#move) return;
    // A refresh meanwhile may have found the row that was active before to be gone.
    this.activeIndex = index;
    if (toggle) this.selection.toggle(row.id);
    else if (!extend || this.selection.anchor === undefined) this.selection.only(row.id);
    else {
      this.selection.active = row.id;
      const anchor = await this.model.positionOf(this.selection.anchor);
      const ids = await this.model.ids(anchor ?? index, index);
      if (move === this.#move) this.selection.range(ids, row.id);
    }
  }

  async #chooseAll(): Promise<void> {
    const count = Math.min(this.model.summary?.count ?? 0, MOST_CHOSEN);
    if (count === 0) return;
    const ids = await this.model.ids(0, count - 1);
    const active = this.selection.active ?? ids[0];
    if (active !== undefined) this.selection.range(ids, active);
  }

  /** Makes a row active that may not have been read yet. */
  aim(id: string): void {
    this.selection.only(id);
    this.activeIndex = undefined;
    this.detailOpen = true;
  }

  isSelected(index: number): boolean {
    const id = this.model.row(index)?.id;
    return id === undefined ? index === this.activeIndex : this.selection.ids.has(id);
  }

  /** Finds the active row again after a read; a person who moved meanwhile is not pulled back. */
  async #placeActive(): Promise<void> {
    // The row that was moved to last may still be read; the one before it is not active any more.
    await this.#choosing;
    const move = this.#move;
    const id = this.selection.active;
    const index = id === undefined ? undefined : await this.model.positionOf(id);
    if (move !== this.#move || this.selection.active !== id) return;
    this.activeIndex = index;
    if (id === undefined || index === undefined) return;
    this.selection.anchor ??= id;
    if (!this.selection.ids.has(id)) this.selection.ids = new Set([id]);
  }
}
