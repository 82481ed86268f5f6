import type { Result } from '#shared/ipc/errors.ts';
import { m } from '#shared/i18n/generated/messages.js';
import { Asking } from '#lib/asking.svelte.ts';

/** Something that the service does for whoever knows the present password: the password, what is wrong with it, and the question. */
export class Confirmed {
  password = $state('');
  tried = $state(false);
  readonly asking = new Asking();
  /** The password that was refused. */
  #wrong = $state<string>();

  readonly passwordProblem = $derived.by(() => {
    if (this.password === '') return m.security_password_present_missing();
    return this.#wrong === this.password ? m.security_password_present_wrong() : undefined;
  });
  /** What to say about the form as a whole; a wrong password is said at its field. */
  readonly problem = $derived(this.asking.error?.kind === 'wrong_password' ? undefined : this.asking.error);

  /** Answers undefined when it was not done. */
  async run<T>(ask: (password: string) => Promise<Result<T>>): Promise<{ value: T } | undefined> {
    const { password } = this;
    const done = await this.asking.run(() => ask(password));
    if (this.asking.error?.kind === 'wrong_password') this.#wrong = password;
    return done;
  }
}
