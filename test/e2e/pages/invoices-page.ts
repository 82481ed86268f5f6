import type { Locator, Page } from '@playwright/test';

export class InvoicesPage {
  readonly page: Page;
  readonly grid: Locator;
  readonly preview: Locator;
  readonly zip: Locator;
  readonly csv: Locator;
  readonly totals: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('grid', { name: 'Factures' });
    this.preview = page.getByRole('region', { name: 'Aperçu' });
    this.zip = page.getByRole('button', { name: /^ZIP/ });
    this.csv = page.getByRole('button', { name: 'CSV' });
    this.totals = page.getByRole('status').filter({ hasText: /factures? ·/ });
  }

  row(index: number): Locator {
    return this.grid.getByRole('row').and(this.page.locator(`[aria-rowindex="${index + 1}"]`));
  }

  /** How many invoices the filters let through, as the bar says. */
  async count(): Promise<number> {
    return Number(((await this.totals.textContent()) ?? '').replace(/facture.*/s, '').replace(/\s/g, ''));
  }

  /** The number of the invoice at an index of the list. */
  async numberOf(index: number): Promise<string> {
    const text = (await this.row(index).getByRole('gridcell').nth(1).textContent()) ?? '';
    return text.replace('Avoir', '').trim();
  }
}
