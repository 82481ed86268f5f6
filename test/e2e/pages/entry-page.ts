import type { Locator, Page } from '@playwright/test';

export const GOOD_PASSWORD = 'cheval-agrafe-7-tournevis';

/** The forms before anybody is signed in, in French. */
export class EntryPage {
  readonly page: Page;
  readonly email: Locator;
  readonly firstName: Locator;
  readonly lastName: Locator;
  readonly password: Locator;
  readonly newPassword: Locator;
  readonly code: Locator;
  readonly rules: Locator;
  readonly problem: Locator;

  constructor(page: Page) {
    this.page = page;
    this.email = page.getByLabel('Adresse e-mail');
    this.firstName = page.getByLabel('Prénom');
    this.lastName = page.getByLabel('Nom', { exact: true });
    this.password = page.getByLabel('Mot de passe', { exact: true });
    this.newPassword = page.getByLabel('Nouveau mot de passe', { exact: true });
    this.code = page.getByLabel('Code du message');
    this.rules = page.getByRole('form').getByRole('listitem');
    this.problem = page.getByRole('alert');
  }

  title(name: string): Locator {
    return this.page.getByRole('heading', { level: 2, name });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }

  async openSignUp(): Promise<void> {
    await this.button('Créer un compte').click();
  }

  async fillPerson(email: string, password = GOOD_PASSWORD): Promise<void> {
    await this.firstName.fill('Zoé');
    await this.lastName.fill('Tilfur');
    await this.email.fill(email);
    await this.password.fill(password);
  }

  async signUp(email: string): Promise<void> {
    await this.openSignUp();
    await this.fillPerson(email);
    await this.button('Créer mon compte').click();
  }
}
