import Database from 'better-sqlite3';
import type { Invoice } from '#shared/domain/invoice.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import { pages } from './pages.ts';

/**
 * The least work that any program would have to do to keep the feed in SQLite: the rows that lists need, each with the
 * whole value as JSON, and secondary indexes; one transaction a page, WAL. With `withText`, also a trigram index that
 * answers substring search over references, names and plates, a text for each line.
 */
export async function keepFeed(
  file: string,
  url: string,
  token: string,
  withText: boolean,
): Promise<{ changes: number }> {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec(`
    CREATE TABLE orders (id TEXT PRIMARY KEY, rev INTEGER, number TEXT, placed_at TEXT, status TEXT, vehicle_id TEXT, incl_vat INTEGER, body TEXT) STRICT;
    CREATE INDEX orders_by_time ON orders (placed_at);
    CREATE INDEX orders_by_vehicle ON orders (vehicle_id, placed_at);
    CREATE INDEX orders_by_status ON orders (status, placed_at);
    CREATE TABLE lines (id TEXT PRIMARY KEY, order_id TEXT, reference TEXT, name TEXT, quantity INTEGER, price INTEGER) STRICT;
    CREATE INDEX lines_by_order ON lines (order_id);
    CREATE INDEX lines_by_reference ON lines (reference);
    CREATE TABLE invoices (id TEXT PRIMARY KEY, rev INTEGER, order_id TEXT, number TEXT, issued_on TEXT, incl_vat INTEGER, body TEXT) STRICT;
    CREATE INDEX invoices_by_time ON invoices (issued_on);
    CREATE INDEX invoices_by_order ON invoices (order_id);
    CREATE TABLE others (id TEXT PRIMARY KEY, rev INTEGER, type TEXT, body TEXT) STRICT;
    CREATE TABLE place (one INTEGER PRIMARY KEY, cursor TEXT) STRICT;`);
  if (withText)
    db.exec(
      `CREATE VIRTUAL TABLE texts USING fts5(body, content='', tokenize='trigram remove_diacritics 1')`,
    );
  const putOrder = db.prepare('INSERT OR REPLACE INTO orders VALUES (?,?,?,?,?,?,?,?)');
  const putLine = db.prepare('INSERT OR REPLACE INTO lines VALUES (?,?,?,?,?,?)');
  const putInvoice = db.prepare('INSERT OR REPLACE INTO invoices VALUES (?,?,?,?,?,?,?)');
  const putOther = db.prepare('INSERT OR REPLACE INTO others VALUES (?,?,?,?)');
  const putPlace = db.prepare('INSERT OR REPLACE INTO place VALUES (1, ?)');
  const putText = withText ? db.prepare('INSERT INTO texts (rowid, body) VALUES (?, ?)') : undefined;
  const plates = new Map<string, string>();
  let textId = 0;
  let changes = 0;
  for await (const page of pages(url, token)) {
    const texts: string[] = [];
    db.exec('BEGIN');
    for (const { type, id, rev, value } of page.changes) {
      changes += 1;
      if (type === 'order') {
        const order = value as Order;
        const status = order.events.at(-1)?.status ?? 'placed';
        putOrder.run(
          id,
          rev,
          order.number,
          order.placedAt,
          status,
          order.vehicleId ?? null,
          order.totals.inclVat,
          JSON.stringify(value),
        );
        for (const line of order.lines) {
          putLine.run(line.id, id, line.reference, line.name, line.quantity, line.unitPriceExclVat);
          texts.push(
            `${line.reference} ${line.brand} ${line.name} ${plates.get(line.vehicleId ?? order.vehicleId ?? '') ?? ''}`,
          );
        }
      } else if (type === 'invoice') {
        const invoice = value as Invoice;
        putInvoice.run(
          id,
          rev,
          invoice.orderId,
          invoice.number,
          invoice.issuedOn,
          invoice.inclVat,
          JSON.stringify(value),
        );
      } else {
        if (type === 'vehicle') plates.set(id, (value as Vehicle).plate);
        putOther.run(id, rev, type, JSON.stringify(value ?? null));
      }
    }
    // After the rows: the text index flushes at each statement that comes between.
    if (putText) for (const text of texts) putText.run((textId += 1), text);
    putPlace.run(page.cursor);
    db.exec('COMMIT');
  }
  db.close();
  return { changes };
}
