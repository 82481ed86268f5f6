import type { AppError } from '#shared/ipc/errors.ts';
import { call, withDeadline } from '#lib/api.ts';

/** Longer than the engine's own time-outs: reached only when the engine itself does not answer. */
const PATIENCE_MS = 45_000;

/** What a person typed to sign in, and what came of it. */
export class SignInForm {
  email = $state('');
  password = $state('');
  serviceUrl = $state('');
  busy = $state(false);
  error = $state.raw<AppError>();
  missing = $state.raw<{ email: boolean; password: boolean }>({ email: false, password: false });
  /** Seconds until the service accepts another try. */
  wait = $state(0);
  #countdown: ReturnType<typeof setInterval> | undefined;

  async submit(): Promise<boolean> {
    if (this.busy || this.wait > 0) return false;
    const email = this.email.trim();
    this.missing = { email: email.length < 3, password: this.password === '' };
    if (this.missing.email || this.missing.password) return false;
    this.busy = true;
    this.error = undefined;
    const serviceUrl = this.serviceUrl.trim();
    const result = await withDeadline(
      PATIENCE_MS,
      call('session.signIn', {
        email,
        password: this.password,
        ...(serviceUrl === '' ? {} : { serviceUrl }),
      }),
    );
    this.busy = false;
    if (result.ok) {
      this.password = '';
      return true;
    }
    this.error = result.error;
    if (result.error.kind === 'throttled') this.#holdOff(result.error.retryAfterSeconds ?? 30);
    return false;
  }

  #holdOff(seconds: number): void {
    this.wait = seconds;
    clearInterval(this.#countdown);
    this.#countdown = setInterval(() => {
      this.wait -= 1;
      if (this.wait > 0) return;
      this.stop();
      this.error = undefined;
    }, 1000);
  }

  stop(): void {
    clearInterval(this.#countdown);
    this.wait = 0;
  }
}
