import { call } from '#lib/api.ts';
import { Asking } from '#lib/asking.svelte.ts';
import { entry } from '#lib/entry.svelte.ts';
import { app } from '#lib/session.svelte.ts';

/** What a person typed to sign in, and what came of it. */
export class SignInForm {
  email = $state('');
  password = $state('');
  serviceUrl = $state('');
  /** Undefined: as it was chosen when this account was signed in last. */
  stay = $state<boolean>();
  missing = $state.raw<{ email: boolean; password: boolean }>({ email: false, password: false });
  readonly asking = new Asking();

  async submit(): Promise<boolean> {
    if (this.asking.blocked) return false;
    const email = this.email.trim();
    this.missing = { email: email.length < 3, password: this.password === '' };
    if (this.missing.email || this.missing.password) return false;
    const { password, stay } = this;
    const serviceUrl = this.serviceUrl.trim();
    const done = await this.asking.run(() =>
      call('session.signIn', {
        email,
        password,
        ...(serviceUrl === '' ? {} : { serviceUrl }),
        ...(stay === undefined ? {} : { stay }),
      }),
    );
    if (done) {
      this.password = '';
      entry.finished();
      return true;
    }
    // Beside an account that is open there is only the word for it.
    if (this.asking.error?.kind === 'not_activated' && app.session?.state === 'signed_out') {
      entry.serviceUrl = serviceUrl;
      entry.foundInactive(email, password);
    }
    return false;
  }
}
