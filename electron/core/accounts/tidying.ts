import type { Store } from '../db/store.ts';
import type { Env } from '../env.ts';
import type { Outbox } from '../outbox/outbox.ts';

interface Ports {
  clock: Env['clock'];
  store: Pick<Store, 'checkpoint'>;
  outbox: Pick<Outbox, 'tidy'>;
  onProblem: (error: unknown) => void;
}

const QUIET_MS = 3000;

/** Folding the write-ahead log into the database waits for a quiet moment: nobody waits for it, but a query might have to. */
export class Tidying {
  readonly #ports: Ports;
  #cancel: () => void = () => undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Some time after the last call. */
  later(): void {
    const { clock, store, outbox, onProblem } = this.#ports;
    this.#cancel();
    this.#cancel = clock.after(QUIET_MS, () => {
      outbox
        .tidy()
        .then(() => store.checkpoint())
        .catch(onProblem);
    });
  }

  stop(): void {
    this.#cancel();
  }
}
