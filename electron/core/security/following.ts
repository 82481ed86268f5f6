import { describeError } from '../describe-error.ts';
import type { Env } from '../env.ts';
import type { Log } from '../log.ts';
import type { Answers, AnswersPorts } from './answers.ts';

/** Without a hint that something changed, it is asked for no more often. */
const FRESH_MS = 15 * 60_000;

/** Keeps what the service says of an account's safety up to date. Loaded when it is first needed: the first screen does without. */
export class Following {
  readonly #make: () => AnswersPorts;
  readonly #env: Env;
  readonly #log: Log;
  #answers: Promise<Answers> | undefined;
  /** By the monotonic clock. */
  #freshUntil = -Infinity;
  #ended = false;
  #running: Promise<void> = Promise.resolve();

  constructor(env: Env, log: Log, make: () => AnswersPorts) {
    this.#env = env;
    this.#log = log;
    this.#make = make;
  }

  answers(): Promise<Answers> {
    return (this.#answers ??= import('./answers.ts').then(({ Answers }) => new Answers(this.#make())));
  }

  /** The service has something new, and does not say what. */
  expire(): void {
    this.#freshUntil = -Infinity;
  }

  /** Called when the service was reached. */
  synced(): void {
    const now = this.#env.clock.monotonic();
    if (this.#ended || now < this.#freshUntil) return;
    this.#freshUntil = now + FRESH_MS;
    this.#running = this.#running.then(() => this.#follow());
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #follow(): Promise<void> {
    try {
      const reply = await (await this.answers()).follow();
      // A service of before these routes has nothing to say; what the way to it does is told by the sync.
      if (!reply.ok && !this.#ended)
        this.#log('info', 'the safety of the account is not known', { kind: reply.error.kind });
    } catch (error) {
      if (!this.#ended) this.#log('warn', 'the safety of the account was not kept', describeError(error));
    }
  }
}
