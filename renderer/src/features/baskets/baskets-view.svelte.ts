import type { BasketRow, RefreshedPrices } from '#shared/ipc/baskets.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { call } from '#lib/api.ts';
import { ListView } from '#lib/list-view.svelte.ts';
import { oneBlock, type MonthCount } from '#lib/month-layout.ts';
import { outliving } from '#lib/outliving.svelte.ts';
import { recall, remember } from '#lib/remembered.ts';
import { keepTyped, typedText } from '#lib/typed-texts.ts';
import { matching, monthsOf, sectionOf, SECTIONS, type BasketFilter, type Section } from './basket-filter.ts';

export type BasketsSummary = {
  section: Section;
  count: number;
  months: MonthCount[];
  /** Of each section, whatever the text leaves. */
  all: Record<Section, number>;
};
type Kept = { section: Section; scrollTop: number; active?: string };

/** What the editor does as soon as it shows the basket that was just opened. */
export type Wanted = 'name' | 'add';

/** How a person left the baskets screen: section, search, choice, place. It outlives the screen, and the app. */
export class BasketsView {
  section = $state<Section>('baskets');
  text = $state('');
  /** The form for a new basket is open. */
  creating = $state(false);
  wanted = $state<Wanted>();
  /** What asking for prices brought, by basket, until somebody has read it. */
  refreshed = $state.raw<ReadonlyMap<string, RefreshedPrices>>(new Map());
  readonly list: ListView<BasketRow, BasketFilter, BasketsSummary>;
  readonly filter: BasketFilter = $derived({ section: this.section, text: this.text.trim() });

  #accountId: string;
  /** All baskets come in one answer; the pages of the list are cut from the newest. */
  #rows: Promise<Result<BasketRow[]>> = Promise.resolve({ ok: true, value: [] });

  constructor(accountId: string) {
    this.#accountId = accountId;
    this.list = new ListView<BasketRow, BasketFilter, BasketsSummary>(
      {
        summary: (filter) => this.#summary(filter),
        page: (filter, offset, limit) => this.#shown(filter, (rows) => rows.slice(offset, offset + limit)),
        position: (filter, id) =>
          this.#shown(filter, (rows) => {
            const at = rows.findIndex((row) => row.id === id);
            return at === -1 ? undefined : at;
          }),
      },
      { section: 'baskets', text: '' },
    );
    this.text = typedText('baskets') ?? '';
    const kept = recall(accountId, 'baskets', isKept);
    if (!kept) return;
    this.section = kept.section;
    this.list.scrollTop = kept.scrollTop;
    this.list.selection.active = kept.active;
  }

  keep(): void {
    const active = this.list.selection.active;
    const kept: Kept = {
      section: this.section,
      scrollTop: this.list.scrollTop,
      ...(active === undefined ? {} : { active }),
    };
    remember(this.#accountId, 'baskets', kept);
    keepTyped('baskets', this.text);
  }

  /** Shows another section from its top; what was chosen in the one before stays behind. */
  turnTo(section: Section): void {
    this.section = section;
    this.list.selection.clear();
    this.list.detailOpen = false;
  }

  /** Opens a basket wherever it is; a search that would hide it is taken off. */
  async open(id: string, wanted?: Wanted): Promise<void> {
    const rows = await call('baskets.list');
    const row = rows.ok ? rows.value.baskets.find((candidate) => candidate.id === id) : undefined;
    if (row) this.section = sectionOf(row);
    this.text = '';
    this.list.aim(id);
    this.wanted = wanted;
    await this.list.show(this.filter);
  }

  /** Reads the list again after rows went, and makes the row at that place the active one. */
  async afterRemoval(index: number): Promise<void> {
    await this.list.refresh();
    const count = this.list.model.summary?.count ?? 0;
    if (count === 0) {
      this.list.selection.clear();
      this.list.detailOpen = false;
    } else await this.list.move(Math.min(index, count - 1), { extend: false, toggle: false });
  }

  noteRefreshed(id: string, prices: RefreshedPrices | undefined): void {
    const next = new Map(this.refreshed);
    if (prices) next.set(id, prices);
    else next.delete(id);
    this.refreshed = next;
  }

  back(): void {
    if (this.creating) this.creating = false;
    else this.list.detailOpen = false;
  }

  async #summary(filter: BasketFilter): Promise<Result<BasketsSummary>> {
    this.#rows = call('baskets.list').then((result) =>
      result.ok ? { ok: true, value: result.value.baskets } : result,
    );
    const rows = await this.#rows;
    if (!rows.ok) return rows;
    const shown = matching(rows.value, filter);
    const all = { baskets: 0, templates: 0, bin: 0 };
    for (const row of rows.value) all[sectionOf(row)] += 1;
    const months = filter.section === 'templates' ? oneBlock(shown.length) : monthsOf(shown);
    return { ok: true, value: { section: filter.section, count: shown.length, months, all } };
  }

  async #shown<T>(filter: BasketFilter, pick: (rows: BasketRow[]) => T): Promise<Result<T>> {
    const rows = await this.#rows;
    return rows.ok ? { ok: true, value: pick(matching(rows.value, filter)) } : rows;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const kept = value as Record<string, unknown>;
  return (
    SECTIONS.includes(kept['section'] as Section) &&
    typeof kept['scrollTop'] === 'number' &&
    (kept['active'] === undefined || typeof kept['active'] === 'string')
  );
}

let latest: { accountId: string; view: BasketsView } | undefined;

/** The view of an account, as it was left; another account has its own. */
export function viewOf(accountId: string): BasketsView {
  if (latest?.accountId !== accountId)
    latest = { accountId, view: outliving(() => new BasketsView(accountId)) };
  return latest.view;
}
