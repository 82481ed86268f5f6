import { call } from '#lib/api.ts';
import { Asking } from '#lib/asking.svelte.ts';
import { Countdown } from '#lib/countdown.svelte.ts';
import { entry, type Waiting } from '#lib/entry.svelte.ts';
import { codeProblem } from '#lib/typed-text.ts';

/** An account that waits for its mailbox to be proven: by the code of the mail here, or by its link elsewhere. */
export class MailCheck {
  code = $state('');
  tried = $state(false);
  sentAgain = $state(false);
  readonly waiting: Waiting;
  readonly asking = new Asking();
  readonly sending = new Asking();
  /** Until the mail may be asked for again. */
  readonly again = new Countdown();

  readonly codeProblem = $derived(codeProblem(this.code));

  constructor(waiting: Waiting) {
    this.waiting = waiting;
    const againAt = waiting.pending?.againAt;
    if (againAt !== undefined) this.#waitBeforeAgain((Date.parse(againAt) - Date.now()) / 1000);
  }

  async activate(): Promise<void> {
    this.tried = true;
    if (this.codeProblem !== undefined) return;
    const { email } = this.waiting;
    const done = await this.asking.run(() =>
      call('account.activate', { email, code: this.code, ...this.#service() }),
    );
    if (done) await this.#signIn();
  }

  /** The link was opened, here or on another device: signing in tells. */
  async linkOpened(): Promise<void> {
    const { email, serviceUrl } = this.waiting;
    if (entry.passwordFor(email) === undefined) {
      entry.toSignInFor(email);
      return;
    }
    await this.asking.run(() => entry.signIn(email, serviceUrl));
  }

  async sendAgain(): Promise<void> {
    if (this.again.left > 0) return;
    this.sentAgain = false;
    const { email } = this.waiting;
    const done = await this.sending.run(() =>
      call('account.resendActivation', { email, ...this.#service() }),
    );
    if (!done) return;
    this.sentAgain = true;
    this.asking.error = undefined;
    this.#waitBeforeAgain(done.value.againInSeconds);
  }

  stop(): void {
    this.asking.stop();
    this.sending.stop();
    this.again.stop();
  }

  async #signIn(): Promise<void> {
    const { email, serviceUrl } = this.waiting;
    const known = entry.passwordFor(email) !== undefined;
    const signedIn = known && (await this.asking.run(() => entry.signIn(email, serviceUrl)));
    if (!signedIn) entry.toSignIn(email, 'activated');
  }

  #waitBeforeAgain(seconds: number): void {
    // A clock that was set in between must not make anybody wait for longer than a day.
    this.again.start(Math.min(seconds, 86_400));
  }

  #service(): { serviceUrl?: string } {
    return this.waiting.serviceUrl === '' ? {} : { serviceUrl: this.waiting.serviceUrl };
  }
}
