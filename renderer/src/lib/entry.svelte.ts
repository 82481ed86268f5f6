import type { Result } from '#shared/ipc/errors.ts';
import type { SessionState } from '#shared/ipc/session.ts';
import type { DeepLink } from '#shared/ipc/settings.ts';
import type { PendingSignUp } from '#shared/ipc/sign-up.ts';
import { call } from './api.ts';

export type EntryView = 'sign_in' | 'sign_up' | 'check_mail' | 'forgotten';
export type EntryNotice =
  'activated' | 'maybe_activated' | 'password_changed' | 'maybe_password_changed' | 'maybe_email_changed';

/** The address that waits for its activation. */
export type Waiting = {
  email: string;
  serviceUrl: string;
  /** What was typed for it here; absent where signing in has found the account not active. */
  pending?: PendingSignUp;
};

/**
 * Somebody who is not signed in, or adds an account to the one that is shown: which form they see, and what the forms take from one another. A password that was typed stays in memory, to
 * sign in with once the mailbox is proven, and goes with the page.
 */
class Entry {
  view = $state<EntryView>('sign_in');
  notice = $state<EntryNotice>();
  email = $state('');
  /** Typed under "advanced", in place of the address in the settings. */
  serviceUrl = $state('');
  waiting = $state.raw<Waiting>();
  /** A link says that the account may be active by now, and nobody has looked yet. */
  #hinted = $state(false);
  /** Grows with each account that was signed in. */
  signedIn = $state(0);
  /** Grows with each person; what was typed in a former round is not for this one. */
  round = 0;
  #known = $state.raw<{ email: string; password: string }>();

  show(view: EntryView, notice?: EntryNotice): void {
    this.view = view;
    this.notice = notice;
  }

  keepPassword(email: string, password: string): void {
    this.#known = password === '' ? undefined : { email, password };
  }

  /** The password that was typed for this address since the page was opened. */
  passwordFor(email: string): string | undefined {
    return this.#known?.email === email ? this.#known.password : undefined;
  }

  /** A sign-up of a former start goes on where it was. */
  async resume(): Promise<void> {
    const found = await call('account.pendingSignUp');
    if (found.ok && found.value && !this.waiting) this.signedUp(found.value, 'former_start');
  }

  /** An account was asked for. Whoever has left the form meanwhile is not called away from where they are: what waits is told there. */
  signedUp(pending: PendingSignUp, from: 'form' | 'former_start' = 'form'): void {
    const { email } = pending.typed;
    this.email = email;
    this.waiting = { email, serviceUrl: pending.serviceUrl, pending };
    if (from === 'former_start' || this.view === 'sign_up') this.show('check_mail');
  }

  foundInactive(email: string, password: string): void {
    this.email = email;
    this.keepPassword(email, password);
    if (this.waiting?.email !== email) this.waiting = { email, serviceUrl: this.serviceUrl };
    this.show('check_mail');
  }

  /** Signs in with what is in memory. */
  async signIn(email: string, serviceUrl: string): Promise<Result<SessionState>> {
    const password = this.passwordFor(email) ?? '';
    const result = await call('session.signIn', {
      email,
      password,
      ...(serviceUrl === '' ? {} : { serviceUrl }),
    });
    if (result.ok) this.arrived();
    return result;
  }

  /** What was waited for is done, and signing in is left to do by hand. */
  toSignIn(email: string, notice: EntryNotice): void {
    this.waiting = undefined;
    this.email = email;
    this.show('sign_in', notice);
  }

  /** Somebody says that the account is active, and has to type the password to have it found out. */
  toSignInFor(email: string): void {
    this.email = email;
    this.show('sign_in', 'maybe_activated');
  }

  async giveUp(): Promise<void> {
    this.finished();
    await call('account.forgetSignUp');
  }

  arrived(): void {
    this.finished();
    this.signedIn += 1;
  }

  /** Whether there is a link to look into. Each is looked into once: the next account that waits has nothing to do with it. */
  takeHint(): boolean {
    const hinted = this.#hinted;
    if (hinted) this.#hinted = false;
    return hinted;
  }

  /** Somebody is signed in, or has given up: whoever comes next begins anew. */
  finished(): void {
    this.round += 1;
    this.waiting = undefined;
    this.email = '';
    this.serviceUrl = '';
    this.#hinted = false;
    this.keepPassword('', '');
    this.show('sign_in');
  }

  /** A link brought somebody back. Anybody can open one: it is taken for a hint and never for a fact. */
  hint(link: DeepLink): void {
    if (link === 'password-reset') this.show('sign_in', 'maybe_password_changed');
    else if (link === 'email-changed') this.show('sign_in', 'maybe_email_changed');
    else if (this.waiting && this.passwordFor(this.waiting.email) !== undefined) {
      this.show('check_mail');
      this.#hinted = true;
    } else {
      this.show('sign_in', 'maybe_activated');
    }
  }
}

export const entry = new Entry();
