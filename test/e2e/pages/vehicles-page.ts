import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class VehiclesPage {
  readonly page: Page;
  readonly list: Locator;
  readonly rows: Locator;
  readonly selected: Locator;
  readonly file: Locator;
  readonly search: Locator;
  readonly totals: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('listbox', { name: 'Véhicules' });
    this.rows = this.list.getByRole('option');
    this.selected = this.list.getByRole('option', { selected: true });
    this.file = page.getByRole('article');
    this.search = page.getByRole('textbox', { name: /^Plaque, VIN/ });
    this.totals = page.getByRole('status').filter({ hasText: /véhicules? ·/ });
  }

  /** How many vehicles the filters let through, as the bar says. */
  async count(): Promise<number> {
    return Number(((await this.totals.textContent()) ?? '').replace(/véhicule.*/s, '').replace(/\s/g, ''));
  }

  async expectCount(count: number): Promise<void> {
    await expect.poll(() => this.count()).toBe(count);
  }

  async showRetired(retired: boolean): Promise<void> {
    await this.page.getByRole('radio', { name: retired ? 'Retirés' : 'En service' }).check({ force: true });
  }

  /** Chooses a row; resolves when its file, and no longer that of another vehicle, is shown. */
  async openRow(index: number): Promise<void> {
    const row = this.rows.nth(index);
    const plate = (await row.locator('.plate .plate').textContent()) ?? '';
    await row.click();
    await expect(this.file.getByRole('button', { name: /^Modifier.: Immatriculation/ })).toContainText(plate);
  }

  /** The value of a fact, which is also the button that edits it. */
  fact(label: string): Locator {
    return this.file.getByRole('button', { name: new RegExp(`^Modifier.: ${label}`) });
  }

  /** The field of a fact that is being edited. */
  field(label: string): Locator {
    return this.file.getByRole('textbox', { name: label });
  }

  /** Notes are kept with Ctrl+Enter: Enter is a line of theirs. */
  async edit(label: string, text: string): Promise<void> {
    await this.fact(label).click();
    await this.field(label).fill(text);
    await this.field(label).press(label === 'Notes' ? 'Control+Enter' : 'Enter');
  }

  region(name: string): Locator {
    return this.file.getByRole('region', { name });
  }

  get readings(): Locator {
    return this.region('Kilométrage').getByRole('rowheader');
  }

  async record(on: string, kilometres: string): Promise<void> {
    const form = this.file.getByRole('form', { name: 'Relever le kilométrage' });
    await form.getByLabel('Date du relevé').fill(on);
    await form.getByRole('textbox', { name: 'Kilomètres' }).fill(kilometres);
  }

  get keepReading(): Locator {
    return this.file.getByRole('button', { name: 'Enregistrer', exact: true });
  }

  /** Asks for the file that OSCARO_TEST_OPEN_FILE names. */
  async import(): Promise<void> {
    await this.page.getByRole('button', { name: 'Importer', exact: true }).click();
  }

  get importRows(): Locator {
    return this.page.getByRole('listbox', { name: 'Lignes du fichier' }).getByRole('option');
  }

  async showVerdict(name: RegExp): Promise<void> {
    await this.page.getByRole('radio', { name }).check({ force: true });
  }
}
