import type { Statement } from 'better-sqlite3';
import type { Db } from './rows.ts';
import { lineText } from './text.ts';

/** What a row of a list shows. */
const ROW = `id, number, placed_on, status, status_at, title, line_count, vehicle_id, excl_vat, incl_vat`;

/** The newest 50 orders of a vehicle (of the order or of one of its lines) in a status. */
export function byVehicleAndStatus(db: Db): (vehicle: string, status: string) => unknown[] {
  const query = db.prepare(`
    SELECT ${ROW.replaceAll(/\b(\w+)/g, 'o.$1')}
    FROM order_vehicles v CROSS JOIN orders o ON o.rowid = v.order_rowid
    WHERE v.vehicle_id = ? AND o.status = ? ORDER BY v.placed_at DESC LIMIT 50`);
  return (vehicle, status) => query.all(vehicle, status);
}

/** The rows of 20 orders of which a line holds the text (every word of it), by way of the trigram index. */
export function search(db: Db): (folded: string) => unknown[] {
  const query = db.prepare(`
    SELECT ${ROW.replaceAll(/\b(\w+)/g, 'o.$1')} FROM orders o WHERE o.rowid IN (
      SELECT DISTINCT l.order_rowid FROM texts t CROSS JOIN lines l ON l.rowid = t.rowid
      WHERE t.texts MATCH ? LIMIT 20
    ) ORDER BY o.placed_at DESC`);
  return (folded) => query.all(matchOf(folded));
}

/** The same search by reading the text of every line. */
export function scan(db: Db): (folded: string) => unknown[] {
  db.function('line_text', (reference, brand, name) =>
    lineText({ reference: String(reference), brand: String(brand), name: String(name) }),
  );
  db.exec(`CREATE TEMP TABLE line_texts AS
    SELECT order_rowid, line_text(reference, brand, name) AS text FROM lines ORDER BY rowid`);
  const statements = new Map<number, Statement<string[]>>();
  return (folded) => {
    const words = folded.split(' ').filter(Boolean);
    let statement = statements.get(words.length);
    if (!statement) {
      const every = words.map(() => `text LIKE ?`).join(' AND ');
      statement = db.prepare(`
        SELECT ${ROW.replaceAll(/\b(\w+)/g, 'o.$1')} FROM orders o WHERE o.rowid IN (
          SELECT DISTINCT order_rowid FROM line_texts WHERE ${every} LIMIT 20
        ) ORDER BY o.placed_at DESC`);
      statements.set(words.length, statement);
    }
    return statement.all(...words.map((word) => `%${word}%`));
  };
}

/** Sums of orders by month and vehicle, cancelled ones left out. */
export function sums(db: Db, from: string): unknown[] {
  return db
    .prepare(
      `SELECT substr(placed_on, 1, 7) AS month, vehicle_id, count(*) AS count, sum(incl_vat) AS incl_vat, sum(excl_vat) AS excl_vat
       FROM orders WHERE placed_on >= ? AND status <> 'cancelled' GROUP BY 1, 2`,
    )
    .all(from);
}

/** A query of FTS5 with every word as a quoted string: nothing in it is an operator. */
function matchOf(folded: string): string {
  return folded
    .split(' ')
    .filter(Boolean)
    .map((word) => `"${word.replaceAll('"', '""')}"`)
    .join(' ');
}
