import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export const PIN = '4711';

/** A code is made expensive to look at: several seconds on a machine that does other things as well. */
export const LOOKED_AT_MS = 30_000;

/** The code of the app: the screen that stands before everything, and its part of the settings, in French. */
export class LockPage {
  readonly page: Page;
  readonly title: Locator;
  readonly code: Locator;
  readonly submit: Locator;
  readonly problem: Locator;
  readonly settings: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole('heading', { level: 1, name: 'Oscaro Desktop est verrouillé' });
    this.code = page.getByLabel('Code PIN', { exact: true });
    this.submit = page
      .getByRole('form')
      .getByRole('button', { name: /Déverrouiller|Vérification|Nouvel essai/ });
    this.problem = page.getByRole('alert');
    this.settings = page
      .getByRole('dialog', { name: 'Réglages' })
      .getByRole('region', { name: 'Verrouillage' });
  }

  /** Sets the code past the settings, for tests that are about what comes after. */
  async set(code = PIN): Promise<void> {
    const set = await this.page.evaluate(
      (wanted) => window.oscaro.calls['lock.setCode']({ code: wanted }),
      code,
    );
    expect(set).toMatchObject({ ok: true, value: { locked: false } });
  }

  /** Answers the form in which a code is set or changed, once the settings are open on it. */
  async openForm(button: 'Définir un code…' | 'Changer de code…'): Promise<Locator> {
    await this.page.keyboard.press('Control+,');
    await this.settings.getByRole('button', { name: button }).click();
    return this.settings.getByRole('form');
  }

  async lock(): Promise<void> {
    await this.page.keyboard.press('Control+l');
    await this.isShown();
  }

  async isShown(): Promise<void> {
    await expect(this.title).toBeVisible();
    await expect(this.code).toBeFocused();
  }

  async open(code = PIN): Promise<void> {
    await this.code.fill(code);
    await this.code.press('Enter');
  }

  /** Opens the app and waits until it is. */
  async unlock(): Promise<void> {
    await this.open();
    await expect(this.page.getByRole('navigation')).toBeVisible({ timeout: LOOKED_AT_MS });
  }

  /** One more wrong code, once it has been looked at. */
  async fail(words: RegExp): Promise<void> {
    await this.open('0000');
    await expect(this.problem).toHaveText(words, { timeout: LOOKED_AT_MS });
  }
}
