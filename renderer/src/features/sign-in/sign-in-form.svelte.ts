import { call } from '#lib/api.ts';
import { Asking } from '#lib/asking.svelte.ts';
import { entry } from '#lib/entry.svelte.ts';

/** What a person typed to sign in, and what came of it. */
export class SignInForm {
  email = $state('');
  password = $state('');
  serviceUrl = $state('');
  /** Undefined: as it was chosen when this account was signed in last. */
  stay = $state<boolean>();
  missing = $state.raw<{ email: boolean; password: boolean }>({ email: false, password: false });
  /** An account that waits for its mail is followed to where it waits; otherwise there is only the word for it. */
  followsToMail = false;
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
      entry.arrived();
      return true;
    }
    if (this.followsToMail && this.asking.error?.kind === 'not_activated') {
      entry.serviceUrl = serviceUrl;
      entry.foundInactive(email, password);
    }
    return false;
  }
}
