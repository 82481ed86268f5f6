import { PASSWORD_PROBLEMS, passwordProblems, type PasswordProblem } from '#shared/domain/password-rule.ts';
import type { Strength } from './strength.ts';
import type { StrengthAnswer, StrengthQuestion } from './strength-worker.ts';
import workerUrl from './strength-worker.ts?worker&url';
import { trustedScript } from './trusted-script.ts';

const TYPING_PAUSE_MS = 200;

/**
 * A password that somebody makes up: what the rule has against it, and how strong it is. The dictionaries for that live in a worker which is
 * started with the first character and ended by `stop`.
 */
export class NewPassword {
  value = $state('');
  /** Somebody has asked to go on with it: what is still missing counts as wrong from then on. */
  tried = $state(false);
  readonly #ownData: () => readonly string[];
  #estimated = $state.raw<StrengthAnswer>();
  #refused = $state.raw<{ password: string; problems: readonly PasswordProblem[] }>();
  #worker: Worker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: string | undefined;

  /** In the order of the list. What needs the dictionaries, or the service, comes a little later than the rest. */
  readonly problems = $derived.by<PasswordProblem[]>(() => {
    const found = new Set(
      passwordProblems(this.value, this.#ownData(), () => this.strength?.common === true),
    );
    if (this.#refused?.password === this.value)
      for (const problem of this.#refused.problems) found.add(problem);
    return PASSWORD_PROBLEMS.filter((problem) => found.has(problem));
  });

  /** Of the password as it is now; undefined while that is being found out. */
  readonly strength = $derived.by<Strength | undefined>(() =>
    this.#estimated?.password === this.value ? this.#estimated.strength : undefined,
  );

  /** `ownData`: what the person has typed about themselves, which the password must not be made of. */
  constructor(ownData: () => readonly string[]) {
    this.#ownData = ownData;
  }

  /** To be called as it is typed. */
  typed(): void {
    clearTimeout(this.#timer);
    if (this.value === '') return;
    this.#timer = setTimeout(() => {
      this.#ask();
    }, TYPING_PAUSE_MS);
  }

  /** What the service has against it. */
  refuse(problems: readonly PasswordProblem[]): void {
    this.tried = true;
    this.#refused = { password: this.value, problems };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#asked = undefined;
  }

  /** One question at a time: what was typed meanwhile is asked once its answer is there. */
  #ask(): void {
    if (this.#asked !== undefined) return;
    this.#asked = this.value;
    const question: StrengthQuestion = { password: this.value, ownData: [...this.#ownData()] };
    this.#running().postMessage(question);
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(trustedScript('strength-worker', workerUrl), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<StrengthAnswer>) => {
      this.#estimated = data;
      this.#asked = undefined;
      if (this.value !== data.password && this.value !== '') this.#ask();
    };
    this.#worker = worker;
    return worker;
  }
}
