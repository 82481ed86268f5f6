import type { Locator, Page } from '@playwright/test';
import { AccountPage } from './account-page.ts';

/** What protects the account, and what is known of its owner: two parts of the account's screen. */
export class SecurityPage {
  readonly page: Page;
  readonly password: Locator;
  readonly email: Locator;
  readonly sessions: Locator;
  readonly archive: Locator;
  readonly consents: Locator;
  readonly deletion: Locator;
  readonly computer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.password = page.getByRole('region', { name: /^(Mot de passe|Password)$/ });
    this.email = page.getByRole('region', { name: /^(Adresse e-mail|E-mail address)$/ });
    this.sessions = page.getByRole('region', { name: /^(Appareils connectés|Devices signed in)$/ });
    this.archive = page.getByRole('region', { name: /^(Tout exporter|Export everything)$/ });
    this.consents = page.getByRole('region', { name: /^(Historique de vos|History of your)/ });
    this.deletion = page.getByRole('region', { name: /^(Supprimer le compte|Delete the account)$/ });
    this.computer = page.getByRole('region', { name: /^(Cet ordinateur|This computer)$/ });
  }

  async open(part: 'Sécurité' | 'Vos données'): Promise<void> {
    await new AccountPage(this.page).open();
    await this.page.getByRole('main').getByText(part, { exact: true }).click();
    await (part === 'Sécurité' ? this.sessions : this.deletion).waitFor();
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name });
  }
}
