/** Of an order's events, apart from their schema so that code which only reads them does not carry zod. */

/** An order's status is not stored: it is that of its latest event; of two at the same moment, the one listed later. */
export function currentStatus<E extends { at: string }>(events: readonly [E, ...E[]]): E {
  let latest = events[0];
  for (const event of events) if (event.at >= latest.at) latest = event;
  return latest;
}

/** On its way: it has left or is about to, and the customer still waits for something. */
export const UNDER_WAY = ['paid', 'preparing', 'partially_shipped', 'shipped'] as const;
