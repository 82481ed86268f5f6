import type { OrderStatus } from '#shared/domain/order-status.ts';
import type { OrderFilter, OrderRow } from '#shared/ipc/orders.ts';
import { call } from '#lib/api.ts';
import { clock } from '#lib/clock.svelte.ts';
import { ListView } from '#lib/list-view.svelte.ts';
import type { Target } from '#lib/nav.svelte.ts';
import { rangeOf, type Period } from '#lib/period.ts';
import { recall, remember } from '#lib/remembered.ts';
import { keepTyped, typedText } from '#lib/typed-texts.ts';
import { isKept, type Kept } from './kept.ts';

const EVERYTHING: Period = { name: 'all' };

/** How a person left the orders screen: filters, choice, place. It outlives the screen, and the app. */
export class OrdersView {
  vehicle = $state<string>();
  statuses = $state.raw<readonly OrderStatus[]>([]);
  period = $state.raw<Period>(EVERYTHING);
  text = $state('');
  depositToReturn = $state(false);
  readonly list: ListView<OrderRow, OrderFilter>;

  readonly filter: OrderFilter = $derived({
    ...(this.vehicle === undefined ? {} : { vehicle: this.vehicle }),
    ...(this.statuses.length === 0 ? {} : { statuses: [...this.statuses] }),
    ...rangeOf(this.period, clock.today),
    ...(this.text.trim() === '' ? {} : { text: this.text.trim() }),
    ...(this.depositToReturn ? { depositToReturn: true } : {}),
  });
  readonly filterKey = $derived(JSON.stringify(this.filter));
  readonly filtered = $derived(this.filterKey !== '{}');

  #accountId: string;

  constructor(accountId: string) {
    this.#accountId = accountId;
    this.list = new ListView<OrderRow, OrderFilter>(
      {
        summary: (filter) => call('orders.summary', filter),
        page: (filter, offset, limit) => call('orders.page', { filter, offset, limit }),
        position: (filter, id) => call('orders.position', { filter, id }),
      },
      {},
    );
    this.text = typedText('orders') ?? '';
    const kept = recall(accountId, 'orders', isKept);
    if (!kept) return;
    this.vehicle = kept.vehicle;
    this.statuses = kept.statuses;
    this.period = kept.period;
    this.depositToReturn = kept.depositToReturn;
    this.list.scrollTop = kept.scrollTop;
    this.list.selection.active = kept.active;
  }

  keep(): void {
    const active = this.list.selection.active;
    const kept: Kept = {
      ...(this.vehicle === undefined ? {} : { vehicle: this.vehicle }),
      statuses: this.statuses,
      period: this.period,
      depositToReturn: this.depositToReturn,
      scrollTop: this.list.scrollTop,
      ...(active === undefined ? {} : { active }),
    };
    remember(this.#accountId, 'orders', kept);
    keepTyped('orders', this.text);
  }

  clearFilters(): void {
    this.vehicle = undefined;
    this.statuses = [];
    this.period = EVERYTHING;
    this.text = '';
    this.depositToReturn = false;
  }

  /** Shows what another screen points at. Filters that would hide it are taken off. */
  async aim(target: Extract<Target, { screen: 'orders' }>): Promise<void> {
    if ('orderId' in target) {
      const at = await call('orders.position', { filter: this.filter, id: target.orderId });
      if (!at.ok || at.value === undefined) this.clearFilters();
      this.list.aim(target.orderId);
    } else {
      this.clearFilters();
      this.list.selection.clear();
      this.list.detailOpen = false;
      if ('text' in target) this.text = target.text;
      else this.vehicle = target.vehicleId;
    }
    await this.list.show(this.filter);
  }

  back(): void {
    this.list.detailOpen = false;
  }
}
