import type { AppError } from '#shared/ipc/errors.ts';
import type { Connection } from '../db/connection.ts';
import { isWhole } from '../db/whole.ts';
import { describeError } from '../describe-error.ts';
import { expectedFailure } from '../failures.ts';
import type { Log } from '../log.ts';

interface Ports {
  reader: Connection;
  log: Log;
  /** The account was closed. */
  signal: AbortSignal;
  onDamage: () => void;
}

/** What the failures of an account that is open mean. Whichever shows that its database is damaged has it rebuilt. */
export class Problems {
  readonly #ports: Ports;
  #lookedWhole = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Logs an unexpected failure. */
  note(error: unknown): void {
    if (!this.explain(error)) this.#ports.log('error', 'the engine failed', describeError(error));
  }

  /** What people are told of a failure; undefined for a bug. */
  explain(error: unknown): AppError | undefined {
    // What was still under way when it was closed failed of that, whatever it says.
    if (this.#ports.signal.aborted) return { kind: 'cancelled' };
    const expected = expectedFailure(error) ?? this.#disguisedDamage(error);
    if (expected?.kind === 'database_damaged') this.#ports.onDamage();
    return expected;
  }

  /**
   * Damage does not always show as such: where a page of a table is gone, its rows are written once more and meet their own index as a broken
   * constraint. So what looks like a bug asks the database, once while it is open.
   */
  #disguisedDamage(error: unknown): AppError | undefined {
    if (this.#lookedWhole) return undefined;
    this.#lookedWhole = isWhole(this.#ports.reader);
    if (this.#lookedWhole) return undefined;
    this.#ports.log('error', 'the database is damaged, as a failure shows', describeError(error));
    return { kind: 'database_damaged' };
  }
}
