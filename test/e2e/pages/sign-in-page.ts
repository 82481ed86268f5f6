import type { Locator, Page } from '@playwright/test';

export class SignInPage {
  readonly page: Page;
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly problem: Locator;
  readonly address: Locator;

  constructor(page: Page) {
    this.page = page;
    this.email = page.getByLabel('Adresse e-mail');
    this.password = page.getByLabel('Mot de passe', { exact: true });
    this.submit = page.getByRole('form').getByRole('button', { name: /Se connecter|Connexion|Nouvel essai/ });
    this.problem = page.getByRole('alert');
    this.address = page.getByLabel('Adresse du service de compte');
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.password.press('Enter');
  }

  async useDemo(kind: 'private' | 'garage'): Promise<void> {
    await this.page.getByRole('button', { name: kind === 'garage' ? /Un garage/ : /Un particulier/ }).click();
  }

  async openAdvanced(): Promise<void> {
    await this.page.getByText('Avancé : adresse du service').click();
  }
}
