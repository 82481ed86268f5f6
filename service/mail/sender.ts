import type { Clock } from '../clock.ts';
import type { ClaimedMail, Outbox } from './outbox.ts';
import type { Postman, Reason } from './smtp.ts';

/** The part of the service's log that is needed here. */
export interface MailLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Sender {
  /** Looks for mails that are due, now. */
  wake(): void;
  /** Lets what is being sent be sent, for a while, and stops. */
  close(): Promise<void>;
}

/** Mails on their way at once. */
const HANDS = 4;
/** Mails of other processes, and those whose wait is over, are found by looking. */
const LOOK_MS = 1000;
/** A server that cannot be reached is tried again after a second, later twice as long each time. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** What a mail that is on its way may still take when the service stops. */
const CLOSE_MS = 5000;

/** Takes due mails out of the outbox, one after the other, and sees to it that each is settled. Several processes may do so at once. */
export function startSender(outbox: Outbox, postman: Postman, clock: Clock, log: MailLog): Sender {
  const working = new Set<Promise<void>>();
  let closed = false;
  let pausedUntil = 0;
  let pauses = 0;

  function pause(reason: Reason): void {
    // Those who were under way at the same time met the same.
    if (clock.now() < pausedUntil) return;
    if (pauses === 0) log.warn(reason, 'the mail server cannot be used; mails wait');
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(pauses, 10));
    pauses += 1;
    pausedUntil = clock.now() + pauseMs;
  }

  function reached(): void {
    if (pauses > 0) log.info({}, 'the mail server can be used again');
    pauses = 0;
    pausedUntil = 0;
  }

  async function deliver(claimed: ClaimedMail): Promise<void> {
    const about = { mail: claimed.id, kind: claimed.mail.kind };
    let delivery;
    try {
      delivery = await postman.deliver(claimed);
    } catch (error) {
      log.error({ ...about, err: error }, 'a mail could not be written');
      await outbox.settle(claimed, { kind: 'deferred' });
      return;
    }
    if (delivery.kind === 'unreachable') {
      await outbox.settle(claimed, { kind: 'released' });
      pause(delivery.reason);
      return;
    }
    await outbox.settle(claimed, delivery);
    reached();
    if (delivery.kind === 'refused')
      log.warn({ ...about, ...delivery.reason }, 'a mail was refused for good');
    if (delivery.kind === 'deferred') log.info({ ...about, ...delivery.reason }, 'a mail was put off');
  }

  async function work(): Promise<void> {
    while (!closed && clock.now() >= pausedUntil) {
      const claimed = await outbox.claim();
      if (!claimed) return;
      // There may be more.
      wake();
      await deliver(claimed);
    }
  }

  function wake(): void {
    if (closed || working.size >= HANDS) return;
    const one = work()
      .catch((error: unknown) => log.error({ err: error }, 'mails could not be sent'))
      .finally(() => working.delete(one));
    working.add(one);
  }

  const looking = setInterval(wake, LOOK_MS).unref();
  outbox.onEnqueue(wake);
  wake();

  return {
    wake,
    async close() {
      closed = true;
      clearInterval(looking);
      const late = setTimeout(() => postman.abort(), CLOSE_MS);
      await Promise.all(working);
      clearTimeout(late);
    },
  };
}
