import { expect, type Locator, type Page } from '@playwright/test';

/** Profile, company, addresses, phones and choices. */
export class AccountPage {
  readonly page: Page;
  readonly profile: Locator;
  readonly company: Locator;
  readonly addresses: Locator;
  readonly phones: Locator;
  readonly choices: Locator;
  readonly addressDialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.profile = page.getByRole('region', { name: 'Profil', exact: true });
    this.company = page.getByRole('region', { name: 'Entreprise' });
    this.addresses = page.getByRole('region', { name: 'Adresses' });
    this.phones = page.getByRole('region', { name: 'Téléphones' });
    this.choices = page.getByRole('region', { name: 'Messages et consentements' });
    this.addressDialog = page.getByRole('dialog', { name: 'Ajouter une adresse' });
  }

  /** Opens the screen by its key. */
  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Compte', exact: true }).click();
    await this.profile.waitFor();
  }

  /** Replaces the value of a field of the profile, with the keyboard alone; it is kept on this computer then. */
  async retype(label: string, text: string): Promise<void> {
    await this.profile.getByRole('button', { name: label }).focus();
    await this.page.keyboard.press('Enter');
    await this.profile.getByRole('textbox', { name: label }).fill(text);
    await this.page.keyboard.press('Enter');
    await expect(this.profile.getByRole('button', { name: label })).toContainText(text);
  }
}
