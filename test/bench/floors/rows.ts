import Database from 'better-sqlite3';
import type { Invoice } from '#shared/domain/invoice.ts';
import type { Order } from '#shared/domain/order.ts';
import { currentStatus } from '#shared/domain/order-status.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { RawPage } from './pages.ts';
import { lineText } from './text.ts';

/**
 * The least work that any program would have to do to keep the feed in SQLite: the rows that lists need, each with the
 * whole value as JSON, and secondary indexes for what lists ask; one transaction a page, WAL. With text (L1), also a
 * trigram index that answers substring search over references, names and plates: a text for each line.
 */
const TABLES = `
  CREATE TABLE orders (
    rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL, number TEXT NOT NULL,
    placed_at TEXT NOT NULL, placed_on TEXT NOT NULL, status TEXT NOT NULL, status_at TEXT NOT NULL,
    title TEXT NOT NULL, line_count INTEGER NOT NULL, vehicle_id TEXT, excl_vat INTEGER NOT NULL,
    incl_vat INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX orders_by_time ON orders (placed_at);
  CREATE INDEX orders_by_status ON orders (status, placed_at);
  CREATE TABLE order_vehicles (
    vehicle_id TEXT NOT NULL, placed_at TEXT NOT NULL, order_rowid INTEGER NOT NULL,
    PRIMARY KEY (vehicle_id, placed_at, order_rowid)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE lines (
    rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, order_rowid INTEGER NOT NULL, reference TEXT NOT NULL,
    brand TEXT NOT NULL, name TEXT NOT NULL, quantity INTEGER NOT NULL, price INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX lines_by_order ON lines (order_rowid);
  CREATE INDEX lines_by_reference ON lines (reference);
  CREATE TABLE invoices (
    id TEXT PRIMARY KEY, rev INTEGER NOT NULL, order_id TEXT NOT NULL, number TEXT NOT NULL,
    issued_on TEXT NOT NULL, incl_vat INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX invoices_by_time ON invoices (issued_on);
  CREATE INDEX invoices_by_order ON invoices (order_id);
  CREATE TABLE others (id TEXT PRIMARY KEY, rev INTEGER NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TABLE place (one INTEGER PRIMARY KEY, cursor TEXT NOT NULL) STRICT;`;
const TEXTS = `CREATE VIRTUAL TABLE texts USING fts5(body, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1')`;

export type Db = Database.Database;

export function openFloor(file: string, options: { create?: 'rows' | 'rows and text' } = {}): Db {
  const db = new Database(file, { fileMustExist: options.create === undefined });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  if (options.create) db.exec(TABLES);
  if (options.create === 'rows and text') db.exec(TEXTS);
  return db;
}

/** Writes pages, each in one transaction; known orders are replaced, and their texts only when they changed. */
export function pageWriter(db: Db): (page: RawPage) => void {
  const hasText = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'texts'`).get() !== undefined;
  const findOrder = db.prepare<[string], number>('SELECT rowid FROM orders WHERE id = ?').pluck();
  const putOrder = db.prepare('INSERT INTO orders VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)');
  const updateOrder = db.prepare(
    'UPDATE orders SET rev = ?, status = ?, status_at = ?, excl_vat = ?, incl_vat = ?, body = ? WHERE rowid = ?',
  );
  const putVehicle = db.prepare('INSERT OR IGNORE INTO order_vehicles VALUES (?,?,?)');
  const putLine = db.prepare('INSERT INTO lines VALUES (?,?,?,?,?,?,?,?)');
  const updateLine = db.prepare('UPDATE lines SET quantity = ?, price = ? WHERE id = ?');
  const putInvoice = db.prepare('INSERT OR REPLACE INTO invoices VALUES (?,?,?,?,?,?,?)');
  const putOther = db.prepare('INSERT OR REPLACE INTO others VALUES (?,?,?,?)');
  const putPlace = db.prepare('INSERT OR REPLACE INTO place VALUES (1, ?)');
  const putText = hasText ? db.prepare('INSERT INTO texts (rowid, body) VALUES (?, ?)') : undefined;
  const plates = new Map<string, string>();
  let nextOrder = db.prepare<[], number>('SELECT coalesce(max(rowid), 0) + 1 FROM orders').pluck().get()!;
  let nextLine = db.prepare<[], number>('SELECT coalesce(max(rowid), 0) + 1 FROM lines').pluck().get()!;

  function insertOrder(id: string, rev: number, order: Order, texts: [number, string][]): void {
    const rowid = nextOrder++;
    const { status, at } = currentStatus(order.events);
    const [first] = order.lines;
    putOrder.run(
      rowid,
      id,
      rev,
      order.number,
      order.placedAt,
      order.placedOn,
      status,
      at,
      first?.name,
      order.lines.length,
      order.vehicleId ?? null,
      order.totals.goodsExclVat + order.totals.depositExclVat + order.totals.shippingExclVat,
      order.totals.inclVat,
      JSON.stringify(order),
    );
    if (order.vehicleId) putVehicle.run(order.vehicleId, order.placedAt, rowid);
    for (const line of order.lines) {
      const lineRow = nextLine++;
      putLine.run(
        lineRow,
        line.id,
        rowid,
        line.reference,
        line.brand,
        line.name,
        line.quantity,
        line.unitPriceExclVat,
      );
      if (line.vehicleId) putVehicle.run(line.vehicleId, order.placedAt, rowid);
      const plate = plates.get(line.vehicleId ?? order.vehicleId ?? '') ?? '';
      texts.push([lineRow, lineText(line, plate)]);
    }
  }

  /** Only what the delta changes: status, quantities, prices. Texts hold none of it. */
  function replaceOrder(rowid: number, rev: number, order: Order): void {
    const { status, at } = currentStatus(order.events);
    const { totals } = order;
    const exclVat = totals.goodsExclVat + totals.depositExclVat + totals.shippingExclVat;
    updateOrder.run(rev, status, at, exclVat, totals.inclVat, JSON.stringify(order), rowid);
    for (const line of order.lines) updateLine.run(line.quantity, line.unitPriceExclVat, line.id);
  }

  return (page) => {
    const texts: [number, string][] = [];
    db.exec('BEGIN');
    for (const { type, id, rev, value } of page.changes) {
      if (type === 'order') {
        const known = findOrder.get(id);
        if (known === undefined) insertOrder(id, rev, value as Order, texts);
        else replaceOrder(known, rev, value as Order);
      } else if (type === 'invoice') {
        const { orderId, number, issuedOn, inclVat } = value as Invoice;
        putInvoice.run(id, rev, orderId, number, issuedOn, inclVat, JSON.stringify(value));
      } else {
        if (type === 'vehicle') plates.set(id, (value as Vehicle).plate);
        putOther.run(id, rev, type, JSON.stringify(value ?? null));
      }
    }
    // After the rows: the text index flushes at each statement that comes between.
    if (putText) for (const [rowid, text] of texts) putText.run(rowid, text);
    putPlace.run(page.cursor);
    db.exec('COMMIT');
  };
}
