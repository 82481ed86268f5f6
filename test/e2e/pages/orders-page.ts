import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class OrdersPage {
  readonly page: Page;
  readonly list: Locator;
  readonly rows: Locator;
  readonly selected: Locator;
  readonly detail: Locator;
  readonly filters: Locator;
  readonly totals: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('listbox', { name: 'Commandes' });
    this.rows = this.list.getByRole('option');
    this.selected = this.list.getByRole('option', { selected: true });
    this.detail = page.getByRole('article');
    this.filters = page.getByRole('group', { name: 'Filtres' });
    this.totals = page.getByRole('status').filter({ hasText: /commandes? ·/ });
  }

  /** How many orders the filters let through, as the bar says. */
  async count(): Promise<number> {
    return Number(((await this.totals.textContent()) ?? '').replace(/commande.*/s, '').replace(/\s/g, ''));
  }

  async expectCount(matches: (count: number) => boolean): Promise<void> {
    await expect.poll(async () => matches(await this.count())).toBe(true);
  }

  async chooseStatus(...statuses: string[]): Promise<void> {
    await this.filters.getByRole('button', { name: /^Statut/ }).click();
    for (const status of statuses)
      await this.page.getByRole('checkbox', { name: status, exact: true }).check();
    await this.page.keyboard.press('Escape');
  }

  async choosePeriod(name: string): Promise<void> {
    await this.filters.getByRole('button', { name: /^Période/ }).click();
    // The choice closes its list.
    await this.page.getByRole('radio', { name }).click();
  }

  async chooseVehicle(text: string): Promise<void> {
    await this.filters.getByRole('button', { name: /^Véhicule/ }).click();
    const field = this.page.getByRole('combobox', { name: 'Plaque, modèle ou client' });
    await field.fill(text);
    await field.press('Enter');
  }

  async filterText(text: string): Promise<void> {
    await this.filters.getByRole('textbox', { name: 'Filtrer…' }).fill(text);
  }

  async clearFilters(): Promise<void> {
    await this.filters.getByRole('button', { name: 'Effacer les filtres' }).click();
  }
}
