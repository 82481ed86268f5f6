import { CODE_LENGTH } from '#shared/domain/lock-code.ts';
import { m } from '#shared/i18n/generated/messages.js';
import { call } from '#lib/api.ts';
import { CodeAttempt } from '#lib/code-attempt.svelte.ts';
import { app } from '#lib/session.svelte.ts';

export type CodePurpose = 'set' | 'change' | 'remove';

/** A code that is set, changed or taken away, and what stands in the way of it. */
export class CodeForm {
  readonly purpose: CodePurpose;
  present = $state('');
  code = $state('');
  again = $state('');
  tried = $state(false);
  readonly attempt = new CodeAttempt();

  constructor(purpose: CodePurpose) {
    this.purpose = purpose;
  }

  readonly presentProblem = $derived.by(() => {
    if (this.purpose === 'set') return undefined;
    if (!this.tried || this.present !== '') return this.attempt.problem;
    return app.lock?.code === 'pin' ? m.lock_missing_pin() : m.lock_missing_phrase();
  });
  readonly codeProblem = $derived(
    this.tried && this.#makesOne && this.code.length < CODE_LENGTH.min ? m.lock_too_short() : undefined,
  );
  readonly againProblem = $derived(
    this.tried && this.#makesOne && this.codeProblem === undefined && this.again !== this.code
      ? m.lock_differ()
      : undefined,
  );

  get #makesOne(): boolean {
    return this.purpose !== 'remove';
  }

  /** Whether it is done. */
  async submit(): Promise<boolean> {
    this.tried = true;
    const asked = this.purpose !== 'set';
    if ((asked && this.present === '') || this.codeProblem !== undefined || this.againProblem !== undefined)
      return false;
    return this.attempt.run(() =>
      call('lock.setCode', {
        ...(this.#makesOne ? { code: this.code } : {}),
        ...(asked ? { present: this.present } : {}),
      }),
    );
  }
}
