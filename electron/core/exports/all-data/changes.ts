import { CHANGE } from '../../db/codes.ts';
import type { Connection } from '../../db/connection.ts';
import { changesWhere, WANTED } from '../../outbox/change-rows.ts';
import { callOf } from '../../outbox/rebase.ts';
import { PAGE } from '../table.ts';

/** What is on this computer only: changes that wait, and those that were refused and not decided about. */
export function* changesOnlyHere(db: Connection): Generator<unknown[]> {
  for (let after = 0; ;) {
    const changes = changesWhere(
      db,
      `ord > ? AND ((${WANTED}) OR state = ${CHANGE.refused}) ORDER BY ord LIMIT ${PAGE}`,
      after,
    );
    yield changes.map((change) => ({
      id: change.id,
      at: change.at,
      state: change.state === CHANGE.refused ? 'refused' : 'waiting',
      about: { ...change.subject, label: change.label },
      ...callOf(change),
    }));
    const last = changes.at(-1);
    if (!last || changes.length < PAGE) return;
    after = last.ord;
  }
}
