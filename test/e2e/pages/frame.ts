import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** What stands around every screen. */
export class Frame {
  readonly page: Page;
  readonly navigation: Locator;
  readonly syncState: Locator;
  readonly search: Locator;
  readonly toasts: Locator;

  constructor(page: Page) {
    this.page = page;
    this.navigation = page.getByRole('navigation');
    this.syncState = this.navigation.getByRole('button', { name: /^Synchroni/ });
    this.search = page.getByRole('combobox', { name: /^(Rechercher|Search)$/ });
    this.toasts = page.getByRole('log');
  }

  /** Everything that the service has was read. */
  async upToDate(): Promise<void> {
    await expect(this.syncState).toHaveAccessibleName(/À jour|Up to date/, { timeout: 30_000 });
  }

  /** What is behind the state of the synchronisation, and of the session. */
  async openSyncDetails(): Promise<Locator> {
    await this.syncState.click();
    return this.page.getByRole('dialog', { name: 'Détails de la synchronisation' });
  }

  title(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  async go(screen: 'Accueil' | 'Commandes' | 'Factures' | 'Paniers' | 'Véhicules' | 'Compte'): Promise<void> {
    await this.navigation.getByRole('button', { name: screen, exact: true }).click();
    await expect(this.title(screen === 'Accueil' ? /^Bonjour/ : screen)).toBeVisible();
  }

  async openAccountMenu(item: string): Promise<void> {
    await this.navigation.getByRole('button', { name: /^(Compte de|Account of)/ }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name });
  }
}
