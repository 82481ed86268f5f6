import { PushResponse } from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import { nextBatch, replaceTooLarge, type Batch } from '../outbox/batches.ts';
import { fork } from '../outbox/fork.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Reply } from '../service/reply.ts';
import { failure } from '../service/reply.ts';
import type { Session } from '../service/session.ts';

export interface Pushed {
  sent: number;
  refused: number;
}

const MOST_FORKS = 3;
const TOO_LARGE = 413;
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
  /** Smaller after the way to the service has proved narrow. */
  #most = Number.MAX_SAFE_INTEGER;

  constructor(outbox: Outbox, session: Session) {
    this.#outbox = outbox;
    this.#session = session;
  }

  /** The feed has told otherwise: everything unconfirmed is sent again. */
  startOver(): void {
    this.#taken = { replicaId: '', seq: 0 };
  }

  async run(signal: AbortSignal): Promise<{ reply: Reply<undefined>; pushed: Pushed }> {
    const pushed: Pushed = { sent: 0, refused: 0 };
    let forks = 0;
    for (;;) {
      const batch = await this.#next();
      if (!batch) return { reply: { ok: true, value: undefined }, pushed };
      const reply = await this.#send(batch, signal);
      if (!reply.ok) {
        if (reply.status !== TOO_LARGE) return { reply, pushed };
        if (batch.count > 1) this.#most = Math.ceil(batch.count / 2);
        else await this.#outbox.run((transaction) => replaceTooLarge(transaction, batch.first));
        continue;
      }
      const { outcomes, stopped } = reply.value;
      pushed.sent += outcomes.length;
      pushed.refused += outcomes.filter(({ outcome }) => outcome === 'rejected').length;
      if (stopped?.kind === 'gap') {
        // What it lacks it has lost, or never got: the feed will say how far it is.
        this.startOver();
        return { reply: { ok: true, value: undefined }, pushed };
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
