import type { AccountKind, ConsentPurpose } from '#shared/domain/profile.ts';
import type { PendingSignUp } from '#shared/ipc/sign-up.ts';
import { call } from '#lib/api.ts';
import { Asking } from '#lib/asking.svelte.ts';
import { CompanyForm } from '#lib/company-form.svelte.ts';
import { entry } from '#lib/entry.svelte.ts';
import { NewPassword } from '#lib/new-password.svelte.ts';
import { outliving } from '#lib/outliving.svelte.ts';
import { emailProblem, lineProblem } from '#lib/typed-text.ts';

/** What a person types to open an account. It outlives the form, so that a look elsewhere loses nothing. */
export class SignUpForm {
  kind = $state<AccountKind>('private');
  firstName = $state('');
  lastName = $state('');
  email = $state('');
  consents = $state<Record<ConsentPurpose, boolean>>({
    offers_email: false,
    offers_sms: false,
    partners: false,
    statistics: false,
  });
  tried = $state(false);
  readonly company = new CompanyForm();
  readonly password = new NewPassword(() => [
    this.firstName,
    this.lastName,
    this.email,
    ...(this.kind === 'garage' ? [this.company.name] : []),
  ]);
  readonly asking = new Asking();

  readonly problems = $derived({
    firstName: lineProblem(this.firstName),
    lastName: lineProblem(this.lastName),
    email: emailProblem(this.email),
  });
  readonly good = $derived(
    Object.values(this.problems).every((problem) => problem === undefined) &&
      (this.kind === 'private' || this.company.good) &&
      this.password.problems.length === 0,
  );

  /** What was typed in a former start; a password is never kept. */
  fill({ typed }: PendingSignUp): void {
    this.kind = typed.kind;
    this.firstName = typed.firstName;
    this.lastName = typed.lastName;
    this.email = typed.email;
    if (typed.company) Object.assign(this.company, typed.company);
    for (const [purpose, granted] of Object.entries(typed.consents)) {
      this.consents[purpose as ConsentPurpose] = granted;
    }
  }

  async submit(): Promise<void> {
    this.tried = true;
    this.password.tried = true;
    if (!this.good) return;
    const email = this.email.trim();
    const password = this.password.value;
    const { round } = entry;
    const done = await this.asking.run(() =>
      call('account.signUp', {
        kind: this.kind,
        email,
        password,
        firstName: this.firstName.trim(),
        lastName: this.lastName.trim(),
        ...(this.kind === 'garage' && { company: this.company.value }),
        consents: $state.snapshot(this.consents),
        ...(entry.serviceUrl !== '' && { serviceUrl: entry.serviceUrl }),
      }),
    );
    if (done && round === entry.round) {
      entry.keepPassword(done.value.typed.email, password);
      entry.signedUp(done.value);
    } else if (this.asking.error?.kind === 'weak_password') {
      this.password.refuse(this.asking.error.passwordProblems ?? []);
    }
  }
}

let current: { round: number; form: SignUpForm } | undefined;

/** The form that is being filled in, if any; a new one begins with the sign-up that waits for its mail. */
export function signUpForm(): SignUpForm {
  if (current?.round === entry.round) return current.form;
  const form = outliving(() => new SignUpForm());
  if (entry.waiting?.pending) form.fill(entry.waiting.pending);
  else form.email = entry.email;
  current = { round: entry.round, form };
  return form;
}
