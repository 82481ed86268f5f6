import type { SentMessage } from '#shared/ipc/support.ts';
import { readAll, readOne } from '../db/base.ts';
import type { Connection } from '../db/connection.ts';
import { pendingIds } from '../outbox/pending.ts';

/** More than anybody reads again; the account keeps them all. */
const MOST_MESSAGES = 100;

/** Messages to customer service, newest first. */
export function sentMessages(db: Connection): SentMessage[] {
  return db.snapshot(() => {
    const pending = pendingIds(db, 'support_message');
    return readAll(db, 'support_message')
      .toSorted((a, b) => (a.value.writtenAt < b.value.writtenAt ? 1 : -1))
      .slice(0, MOST_MESSAGES)
      .map(({ id, value }) => {
        const order = value.orderId === undefined ? undefined : readOne(db, 'order', value.orderId);
        return {
          id,
          message: value,
          ...(order && { orderNumber: order.value.number }),
          pending: pending.has(id),
        };
      });
  });
}
