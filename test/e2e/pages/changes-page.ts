import type { Locator, Page } from '@playwright/test';

/** Where changes are that have not reached the account, or that met another one. */
export class ChangesPage {
  readonly page: Page;
  readonly toDecide: Locator;
  readonly refused: Locator;
  readonly waiting: Locator;
  readonly log: Locator;
  readonly nothing: Locator;
  readonly entry: Locator;
  readonly waitingCount: Locator;

  constructor(page: Page) {
    this.page = page;
    const card = (name: string): Locator => page.getByRole('main').getByRole('region', { name, exact: true });
    this.toDecide = card('À décider');
    this.refused = card('Refusées par le service');
    this.waiting = card('Sur cet ordinateur, pas encore envoyées');
    this.log = card('Journal des synchronisations');
    this.nothing = page.getByText('Rien en attente');
    this.entry = page.getByRole('navigation').getByRole('button', { name: /^Modifications/ });
    this.waitingCount = page
      .getByRole('navigation')
      .getByRole('button', { name: /modifications? en attente$/ });
  }

  async open(): Promise<void> {
    await this.entry.click();
    await this.log.waitFor();
  }

  /** The button of a card that acts on all of its changes. */
  forAll(card: Locator, name: string): Locator {
    return card.getByRole('button', { name, exact: true });
  }

  /** One of the two values of a change that met another one. */
  side(of: Locator, name: 'Votre modification' | 'Sur le compte' | 'Retenu' | 'Écarté'): Locator {
    return of.getByRole('region', { name });
  }
}
