import type { SearchResults } from '#shared/ipc/search.ts';
import { call } from '#lib/api.ts';
import { Latest } from '#lib/live-query.svelte.ts';
import { nav } from '#lib/nav.svelte.ts';

/** Hits of each kind: enough to choose from at a glance, with the most likely first. */
const HITS = 6;

/** The search as it is typed: each key asks anew, and only the answer to the newest text is shown. */
export class SearchState {
  text = $state('');
  readonly results = new Latest<SearchResults>();
  /** The text that the shown results answer. */
  readonly answered = $derived(this.results.value?.text ?? '');

  type(text: string): void {
    this.text = text;
    if (text.trim() === '') this.results.reset();
    else this.ask();
  }

  ask(): void {
    void this.results.ask(() => call('search.query', { text: this.text.trim(), limit: HITS }));
  }
}

export const goTo = {
  order: (orderId: string) => {
    nav.show({ screen: 'orders', orderId });
  },
  part: (reference: string) => {
    nav.show({ screen: 'orders', text: reference });
  },
  vehicle: (vehicleId: string) => {
    nav.show({ screen: 'vehicles', vehicleId });
  },
  basket: (basketId: string) => {
    nav.show({ screen: 'baskets', basketId });
  },
  invoice: (invoiceId: string) => {
    nav.show({ screen: 'invoices', invoiceId });
  },
};
