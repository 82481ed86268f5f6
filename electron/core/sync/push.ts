import { MAX_PUSH_MUTATIONS, PushResponse } from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import { nextBatch, unmark, type Batch } from '../outbox/batches.ts';
import { fork } from '../outbox/fork.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Reply } from '../service/reply.ts';
import { failure } from '../service/reply.ts';
import type { Session } from '../service/session.ts';

export interface Pushed {
  sent: number;
  refused: number;
}

export interface PushRun {
  reply: Reply<undefined>;
  pushed: Pushed;
  /** The change that something on the way refuses as too large, even alone. All before it was sent. */
  tooLarge?: string;
}

const DONE: Reply<undefined> = { ok: true, value: undefined };
const MOST_FORKS = 3;
const TOO_LARGE = 413;
/** Whoever refuses less than this as too large refuses everything: that is no reason to give up a change, nor to ask again at once. */
const NEVER_TOO_LARGE_BYTES = 1024;
/** A hundred outcomes, each with a value that stands. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * Sends everything that waits, batch after batch. What the service has taken stays here until a page of the feed contains it: an answer says no
 * more than where to go on.
 */
export class Pusher {
  readonly #outbox: Outbox;
  readonly #session: Session;
  /** How far the service has taken what was sent, under which id: so that it is not sent again until the feed confirms it. */
  #taken = { replicaId: '', seq: 0 };
  /** Fewer after the way to the service has proved narrow, and slowly more again: what made it so may have been large changes. */
  #most = MAX_PUSH_MUTATIONS;

  constructor(outbox: Outbox, session: Session) {
    this.#outbox = outbox;
    this.#session = session;
  }

  /** The feed has told otherwise: everything unconfirmed is sent again. */
  startOver(): void {
    this.#taken = { replicaId: '', seq: 0 };
  }

  async run(signal: AbortSignal): Promise<PushRun> {
    const pushed: Pushed = { sent: 0, refused: 0 };
    let forks = 0;
    for (;;) {
      const batch = await this.#next();
      if (!batch) return { reply: DONE, pushed };
      const reply = await this.#send(batch, signal);
      if (!reply.ok) {
        if (reply.neverLeft === true && batch.firstMarked <= batch.last)
          await this.#outbox.run((transaction) => unmark(transaction, batch));
        if (reply.status !== TOO_LARGE || Buffer.byteLength(batch.body) < NEVER_TOO_LARGE_BYTES)
          return { reply, pushed };
        if (batch.count > 1) {
          this.#most = Math.ceil(batch.count / 2);
          continue;
        }
        // That was the large one; those behind it need not go one by one.
        this.#most = MAX_PUSH_MUTATIONS;
        // It may have arrived in an earlier try, whose answer was lost: that is for the feed to say.
        return { reply: DONE, pushed, tooLarge: batch.firstId };
      }
      const { outcomes, stopped } = reply.value;
      pushed.sent += outcomes.length;
      pushed.refused += outcomes.filter(({ outcome }) => outcome === 'rejected').length;
      if (stopped?.kind === 'gap') {
        // What it lacks it has lost, or never got: the feed will say how far it is.
        this.startOver();
        return { reply: DONE, pushed };
      }
      if (stopped?.kind === 'forked') {
        forks += 1;
        if (forks > MOST_FORKS)
          return { reply: failure('bad_answer', { detail: 'push forks again and again' }), pushed };
        await this.#outbox.decide((transaction, newId) => fork(transaction, newId()));
        continue;
      }
      const last = outcomes.at(-1)?.seq;
      if (last === undefined || last < batch.first || last > batch.last)
        return { reply: failure('bad_answer', { detail: 'push does not move on' }), pushed };
      this.#taken = { replicaId: batch.replicaId, seq: last };
      this.#most = Math.min(MAX_PUSH_MUTATIONS, this.#most + Math.ceil(this.#most / 8));
    }
  }

  async #next(): Promise<Batch | undefined> {
    const { replicaId, seq } = this.#taken;
    if (!this.#outbox.hasAfter(replicaId, seq)) return undefined;
    return this.#outbox.run((transaction) =>
      nextBatch(transaction, this.#outbox.isCurrent(replicaId) ? seq : 0, this.#most),
    );
  }

  #send(batch: Batch, signal: AbortSignal): Promise<Reply<PushResponse>> {
    return this.#session.json(
      { method: 'POST', path: routes.push, body: batch.body, signal },
      PushResponse,
      MAX_ANSWER_BYTES,
    );
  }
}
