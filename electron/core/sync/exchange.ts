import type { Topic } from '#shared/ipc/contract.ts';
import type { Store } from '../db/store.ts';
import { replaceTooLarge } from '../outbox/batches.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Reply } from '../service/reply.ts';
import type { Session } from '../service/session.ts';
import { Puller } from './pull.ts';
import { Pusher, type Pushed } from './push.ts';

export interface Exchanged extends Pushed {
  reply: Reply<undefined>;
  received: number;
}

export interface ExchangePorts {
  store: Store;
  session: Session;
  outbox: Outbox;
  appVersion: string;
  newId: () => string;
  onCommit: (topics: readonly Topic[]) => void;
}

/** Sending may show that the service was set back, reading that we were: then there is more to send. It ends, whatever the service says. */
const MOST_ROUNDS = 5;

/** Sends what waits, then reads the feed, which confirms it; and again while changes are made meanwhile. */
export class Exchange {
  readonly #outbox: Outbox;
  readonly #pusher: Pusher;
  readonly #puller: Puller;

  constructor({ onCommit, ...of }: ExchangePorts) {
    this.#outbox = of.outbox;
    this.#pusher = new Pusher(of.outbox, of.session);
    this.#puller = new Puller(of, onCommit);
  }

  /** Failures of the database are thrown. */
  async run(signal: AbortSignal): Promise<Exchanged> {
    const done: Exchanged = { reply: { ok: true, value: undefined }, received: 0, sent: 0, refused: 0 };
    for (let round = 0; round < MOST_ROUNDS;) {
      const { reply: sent, pushed, tooLarge } = await this.#pusher.run(signal);
      done.sent += pushed.sent;
      done.refused += pushed.refused;
      // A service that does not take changes may still tell some; without a network or a session there is nothing to try.
      if (!sent.ok && !MAY_STILL_READ.has(sent.error.kind)) return { ...done, reply: sent };
      const { reply: read, received } = await this.#puller.run(signal);
      done.received += received;
      if (!read.ok) return { ...done, reply: read };
      if (!sent.ok) return { ...done, reply: sent };
      // Each can be given up once, so those rounds need no bound of their own.
      if (tooLarge === undefined || !(await this.#giveUp(tooLarge))) round += 1;
      if (!this.#outbox.hasUnconfirmed()) return done;
      // What was taken and is not confirmed by a feed read to its end was lost by the service, or counts under another id.
      this.#pusher.startOver();
    }
    return done;
  }

  /** The feed was read to its end since it was last sent, and does not contain it. */
  #giveUp(id: string): Promise<boolean> {
    return this.#outbox.run((transaction) => replaceTooLarge(transaction, id));
  }
}

const MAY_STILL_READ = new Set<string>(['bad_answer', 'service_unavailable', 'not_our_service']);
