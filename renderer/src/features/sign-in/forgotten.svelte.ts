import { call } from '#lib/api.ts';
import { Asking } from '#lib/asking.svelte.ts';
import { Countdown } from '#lib/countdown.svelte.ts';
import { entry } from '#lib/entry.svelte.ts';
import { NewPassword } from '#lib/new-password.svelte.ts';
import { codeProblem, emailProblem } from '#lib/typed-text.ts';

/** A new password for somebody who has forgotten theirs: first a mail, then its code and the password. */
export class ForgottenForm {
  email = $state(entry.email);
  code = $state('');
  tried = $state(false);
  /** The address that the mail was asked for. */
  sentTo = $state<string>();
  sentAgain = $state(false);
  readonly password = new NewPassword(() => [this.email]);
  readonly asking = new Asking();
  readonly sending = new Asking();
  readonly again = new Countdown();

  readonly emailProblem = $derived(emailProblem(this.email));
  readonly codeProblem = $derived(codeProblem(this.code));

  async ask(): Promise<void> {
    this.tried = true;
    if (this.emailProblem !== undefined) return;
    const email = this.email.trim();
    if (!(await this.#request(this.asking, email))) return;
    entry.email = email;
    this.sentTo = email;
    this.tried = false;
  }

  async askAgain(): Promise<void> {
    if (this.again.left > 0 || this.sentTo === undefined) return;
    this.sentAgain = false;
    this.sentAgain = await this.#request(this.sending, this.sentTo);
  }

  /** Whether the password was changed; somebody may have to type it once more to be signed in. */
  async save(): Promise<boolean> {
    this.tried = true;
    this.password.tried = true;
    const email = this.sentTo;
    if (email === undefined || this.codeProblem !== undefined || this.password.problems.length > 0)
      return false;
    const password = this.password.value;
    const done = await this.asking.run(() =>
      call('account.resetPassword', { email, code: this.code, password, ...service() }),
    );
    if (!done) {
      const { error } = this.asking;
      if (error?.kind === 'weak_password') this.password.refuse(error.passwordProblems ?? []);
      return false;
    }
    entry.keepPassword(email, password);
    if (!(await this.asking.run(() => entry.signIn(email, entry.serviceUrl)))) {
      entry.toSignIn(email, 'password_changed');
    }
    return true;
  }

  stop(): void {
    this.asking.stop();
    this.sending.stop();
    this.again.stop();
  }

  async #request(asking: Asking, email: string): Promise<boolean> {
    const done = await asking.run(() => call('account.requestReset', { email, ...service() }));
    if (done) this.again.start(done.value.againInSeconds);
    return done !== undefined;
  }
}

const service = (): { serviceUrl?: string } =>
  entry.serviceUrl === '' ? {} : { serviceUrl: entry.serviceUrl };
