import type { AppError } from '#shared/ipc/errors.ts';
import type { Env } from '../env.ts';
import { expectedFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { AccountRecord } from './account-record.ts';
import type { OpenAccount } from './open-account.ts';
import { Retry } from './retry.ts';

interface Ports {
  env: Pick<Env, 'clock' | 'random'>;
  log: Log;
  /** Opens its files, or throws; those of a damaged account are replaced. */
  make: (record: AccountRecord, damaged: boolean) => OpenAccount;
  /** It is time to try again. */
  onRetry: () => void;
  /** An account that was open is about to be closed. */
  onLeave: () => void;
  /** The end, after which nothing is tried again. */
  signal: AbortSignal;
}

/** The one account that is open, or why it could not be opened, which is tried again now and then. */
export class Opening {
  readonly #ports: Ports;
  readonly #retry: Retry;
  #account: OpenAccount | undefined;
  #blocked: AppError | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#retry = new Retry(ports.env, ports.onRetry);
  }

  get account(): OpenAccount | undefined {
    return this.#account;
  }

  /** Why the account could not be opened; it is tried again now and then, and whenever somebody asks for it. */
  get blocked(): AppError | undefined {
    return this.#blocked;
  }

  /** When the next try is, as an instant; undefined when none is planned. */
  get nextTryAt(): string | undefined {
    return this.#retry.nextTryAt;
  }

  /** Failures that people are told are kept as `blocked`; others are thrown. */
  open(record: AccountRecord, damaged = false): void {
    try {
      this.#account = this.#ports.make(record, damaged);
      this.#blocked = undefined;
      this.#retry.stop();
    } catch (error) {
      const expected = expectedFailure(error);
      if (!expected) throw error;
      this.#ports.log('warn', 'the account cannot be opened', { kind: expected.kind });
      this.block(expected);
    }
  }

  /** Something stands in the way: it is tried again later. */
  block(problem: AppError): void {
    this.#blocked = problem;
    // A newer app has written it: only another app helps.
    if (problem.kind !== 'database_newer' && !this.#ports.signal.aborted) this.#retry.plan();
  }

  /** What stood in the way of every account is gone. */
  unblock(): void {
    this.#blocked = undefined;
  }

  /** Somebody asks for a try now: the next failure counts as the first. */
  startOver(): void {
    this.#retry.startOver();
  }

  stopTrying(): void {
    this.#retry.stop();
  }

  async close(): Promise<void> {
    const account = this.#account;
    if (account) this.#ports.onLeave();
    this.#account = undefined;
    this.#blocked = undefined;
    this.#retry.stop();
    await account?.close();
  }
}
