import { isInstant, recall, remember } from '#lib/remembered.ts';

const NAME = 'urgentPassword';

/** A password that somebody else may know: asked to be changed until it was, over restarts. */
export class UrgentPassword {
  readonly #accountId: string;
  /** When the password that is to go was set. */
  #of = $state<string>();

  constructor(accountId: string) {
    this.#accountId = accountId;
    this.#of = recall(accountId, NAME, isInstant);
  }

  ask(passwordChangedAt: string): void {
    this.#of = passwordChangedAt;
    remember(this.#accountId, NAME, passwordChangedAt);
  }

  /** Whether the password is still the one that is to go. */
  asked(passwordChangedAt: string): boolean {
    return this.#of === passwordChangedAt;
  }
}
