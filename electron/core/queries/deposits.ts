import type { Home } from '#shared/ipc/home.ts';
import { depositCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { idText } from '../db/ids.ts';

const NEXT = 5;
const TO_RETURN = depositCodes.code('to_return');
const UNDER_WAY = new Set(
  (['shipped', 'received', 'inspected'] as const).map((state) => depositCodes.code(state)),
);
const REFUNDED = depositCodes.code('refunded');

interface NextRow {
  order_id: Uint8Array;
  title: string;
  amount: number;
  due_on: string | null;
  v_id: Uint8Array | null;
  plate: string | null;
  label: string | null;
}

/** Deposits by what became of them, and the next that are due; `count` counts those still to be sent back. */
export function depositSummary(db: Connection): Home['deposits'] {
  const sums = db.all<{ state: number; amount: number; count: number }>(
    'SELECT state, sum(amount) AS amount, count(*) AS count FROM deposits GROUP BY state',
  );
  const amountOf = (wanted: (state: number) => boolean): number =>
    sums.reduce((total, { state, amount }) => (wanted(state) ? total + amount : total), 0);
  return {
    toReturn: amountOf((state) => state === TO_RETURN),
    underWay: amountOf((state) => UNDER_WAY.has(state)),
    refunded: amountOf((state) => state === REFUNDED),
    count: sums.find(({ state }) => state === TO_RETURN)?.count ?? 0,
    next: [...nextDue(db, 'IS NOT NULL', NEXT), ...nextDue(db, 'IS NULL', NEXT)].slice(0, NEXT),
  };
}

function nextDue(db: Connection, due: 'IS NULL' | 'IS NOT NULL', limit: number): Home['deposits']['next'] {
  return db
    .all<NextRow>(
      `SELECT o.id AS order_id, d.title, d.amount, d.due_on, v.id AS v_id, v.plate, v.label
       FROM deposits d JOIN orders o ON o.pk = d.ord LEFT JOIN vehicles v ON v.pk = d.vehicle AND v.known = 1
       WHERE d.state = ? AND d.due_on ${due} ORDER BY d.due_on LIMIT ?`,
      TO_RETURN,
      limit,
    )
    .map((row) => ({
      orderId: idText(row.order_id),
      title: row.title,
      amount: row.amount,
      ...(row.due_on !== null && { dueOn: row.due_on }),
      ...(row.v_id && { vehicle: { id: idText(row.v_id), plate: row.plate ?? '', label: row.label ?? '' } }),
    }));
}
