import type { InvoiceKind } from '#shared/domain/invoice.ts';
import type { InvoiceFileState, InvoiceFilter, InvoiceRow } from '#shared/ipc/invoices.ts';
import { call } from '#lib/api.ts';
import { clock } from '#lib/clock.svelte.ts';
import { ListView } from '#lib/list-view.svelte.ts';
import { isPeriod, rangeOf, type Period } from '#lib/period.ts';
import { recall, remember } from '#lib/remembered.ts';
import { keepTyped, typedText } from '#lib/typed-texts.ts';

const EVERYTHING: Period = { name: 'all' };

type Kept = {
  period: Period;
  kind?: InvoiceKind;
  file?: InvoiceFileState;
  scrollTop: number;
  active?: string;
};

const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === 'string';

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const kept = value as Record<string, unknown>;
  return (
    isPeriod(kept['period']) &&
    [kept['kind'], kept['file'], kept['active']].every(isOptionalText) &&
    typeof kept['scrollTop'] === 'number'
  );
}

/** How a person left the invoices screen. It outlives the screen, and the app. */
export class InvoicesView {
  period = $state.raw<Period>(EVERYTHING);
  kind = $state<InvoiceKind>();
  file = $state<InvoiceFileState>();
  text = $state('');
  readonly list: ListView<InvoiceRow, InvoiceFilter>;

  readonly filter: InvoiceFilter = $derived({
    ...rangeOf(this.period, clock.today),
    ...(this.kind === undefined ? {} : { kind: this.kind }),
    ...(this.file === undefined ? {} : { file: this.file }),
    ...(this.text.trim() === '' ? {} : { text: this.text.trim() }),
  });
  readonly filterKey = $derived(JSON.stringify(this.filter));
  readonly filtered = $derived(this.filterKey !== '{}');

  #accountId: string;

  constructor(accountId: string) {
    this.#accountId = accountId;
    this.list = new ListView<InvoiceRow, InvoiceFilter>(
      {
        summary: (filter) => call('invoices.summary', filter),
        page: (filter, offset, limit) => call('invoices.page', { filter, offset, limit }),
        position: (filter, id) => call('invoices.position', { filter, id }),
      },
      {},
    );
    this.text = typedText('invoices') ?? '';
    const kept = recall(accountId, 'invoices', isKept);
    if (!kept) return;
    this.period = kept.period;
    this.kind = kept.kind;
    this.file = kept.file;
    this.list.scrollTop = kept.scrollTop;
    this.list.selection.active = kept.active;
  }

  keep(): void {
    const active = this.list.selection.active;
    const kept: Kept = {
      period: this.period,
      ...(this.kind === undefined ? {} : { kind: this.kind }),
      ...(this.file === undefined ? {} : { file: this.file }),
      scrollTop: this.list.scrollTop,
      ...(active === undefined ? {} : { active }),
    };
    remember(this.#accountId, 'invoices', kept);
    keepTyped('invoices', this.text);
  }

  clearFilters(): void {
    this.period = EVERYTHING;
    this.kind = undefined;
    this.file = undefined;
    this.text = '';
  }

  /** Shows the invoice that another screen points at. Filters that would hide it are taken off. */
  async aim(id: string): Promise<void> {
    const at = await call('invoices.position', { filter: this.filter, id });
    if (!at.ok || at.value === undefined) this.clearFilters();
    this.list.aim(id);
    await this.list.show(this.filter);
  }

  back(): void {
    this.list.detailOpen = false;
  }
}
