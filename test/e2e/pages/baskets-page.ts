import { expect, type Locator, type Page } from '@playwright/test';

export class BasketsPage {
  readonly page: Page;
  readonly list: Locator;
  readonly rows: Locator;
  readonly selected: Locator;
  readonly editor: Locator;
  readonly adder: Locator;
  /** The list under the field for parts. */
  readonly completions: Locator;
  readonly suggestions: Locator;
  readonly lines: Locator;
  readonly quantities: Locator;
  readonly totals: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('listbox', { name: 'Paniers' });
    this.rows = this.list.getByRole('option');
    this.selected = this.list.getByRole('option', { selected: true });
    this.editor = page.getByRole('article', { name: /^Panier / });
    this.adder = this.editor.getByRole('combobox', { name: 'Ajouter une pièce' });
    this.completions = this.editor.getByRole('listbox', { name: 'Pièces déjà achetées' });
    this.suggestions = this.completions.getByRole('option');
    this.lines = this.editor.getByRole('table', { name: 'Articles' }).locator('[data-line]');
    this.quantities = this.editor.getByRole('spinbutton');
    this.totals = this.editor.locator('.totals');
  }

  row(name: string | RegExp): Locator {
    return this.rows.filter({ hasText: name });
  }

  /** Makes a basket, which is then open with the field for parts focused. */
  async create(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Nouveau panier' }).first().click();
    await this.page.getByLabel('Nom du panier').fill(name);
    await this.page.keyboard.press('Enter');
    await this.named(name).waitFor();
  }

  /** The editor's title. */
  named(name: string): Locator {
    return this.editor.getByRole('heading', { level: 2 }).filter({ hasText: name });
  }

  /** Waits until the list answers all that was typed, not a beginning of it. */
  async suggested(): Promise<void> {
    await expect(this.suggestions.first()).toBeVisible();
    await expect(this.completions).toHaveAttribute('aria-busy', 'false');
  }

  /** Adds the first part that completes what is typed; answers its name. */
  async addByCompletion(text: string): Promise<string> {
    await this.adder.fill(text);
    await this.suggested();
    const name = (await this.suggestions.first().locator('.name').textContent()) ?? '';
    await this.page.keyboard.press('Enter');
    return name.trim();
  }

  async addByHand(reference: string, brand: string, name: string): Promise<void> {
    await this.adder.fill(reference);
    await this.suggestions.filter({ hasText: 'à la main' }).click();
    const form = this.page.getByRole('form', { name: /à la main/ });
    await form.getByLabel('Marque').fill(brand);
    await form.getByLabel('Nom de la pièce').fill(name);
    await form.getByRole('button', { name: 'Ajouter' }).click();
  }

  /** Names of the lines, from the top. */
  names(): Promise<string[]> {
    return this.lines.locator('.name .clip').allTextContents();
  }

  quantityOf(part: string): Locator {
    return this.editor.getByRole('spinbutton', { name: `Quantité : ${part}` });
  }

  async choose(item: string): Promise<void> {
    await this.editor.getByRole('button', { name: 'Actions sur le panier' }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async turnTo(section: 'Paniers' | 'Modèles' | 'Corbeille'): Promise<void> {
    await this.page.getByRole('radio', { name: section }).check({ force: true });
  }

  /** Pastes text as the clipboard would. */
  async paste(text: string): Promise<void> {
    await this.adder.evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }
}
