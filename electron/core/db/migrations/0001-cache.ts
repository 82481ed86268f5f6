/** The cache of one account: what the service told (base), and the tables that the screens read (made from it). */
export const sql = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

-- What the service last told. A deleted entity keeps its row without a body, so that an older put cannot revive it.
-- The bodies are apart: looking up an entity or its place in a list does not read them.
CREATE TABLE base (
  type INTEGER NOT NULL,
  id BLOB NOT NULL,
  rev INTEGER NOT NULL,
  sum INTEGER NOT NULL,
  key INTEGER,
  body INTEGER,
  PRIMARY KEY (type, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE bodies (pk INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

-- A full re-read collects here while the old state stays on screen.
CREATE TABLE staged (
  pk INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,
  id BLOB NOT NULL,
  rev INTEGER NOT NULL,
  sum INTEGER NOT NULL,
  body BLOB
) STRICT;
CREATE UNIQUE INDEX staged_by_id ON staged (type, id);

-- What this version could not read; staged = 1 while a full re-read collects.
CREATE TABLE unreadable (
  type TEXT NOT NULL,
  id BLOB NOT NULL,
  rev INTEGER NOT NULL,
  staged INTEGER NOT NULL,
  PRIMARY KEY (type, id, staged)
) STRICT, WITHOUT ROWID;

-- Also holds ids that orders name and that have not come yet: those have known = 0 and no words.
CREATE TABLE vehicles (
  pk INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  known INTEGER NOT NULL,
  plate TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL DEFAULT '',
  customer TEXT,
  text TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE parts (
  pk INTEGER PRIMARY KEY,
  reference TEXT NOT NULL,
  brand TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  -- stands for reference, brand and name in the index, at a tenth of their size
  hash INTEGER NOT NULL
) STRICT;
CREATE INDEX parts_by_hash ON parts (hash);

CREATE TABLE orders (
  pk INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  sum INTEGER NOT NULL,
  status INTEGER NOT NULL,
  status_at INTEGER NOT NULL,
  vehicle INTEGER NOT NULL,
  excl INTEGER NOT NULL,
  incl INTEGER NOT NULL,
  deposit INTEGER NOT NULL,
  to_return INTEGER NOT NULL,
  line_count INTEGER NOT NULL,
  currency TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  -- the parts, and the vehicles besides the order's own, as 32-bit numbers: read whole, never searched
  parts BLOB NOT NULL,
  vehicles BLOB
) STRICT;
CREATE INDEX orders_by_status ON orders (status);
CREATE INDEX orders_to_return ON orders (pk, excl, incl) WHERE to_return > 0;

-- vehicle 0: orders without any
CREATE TABLE order_vehicle (
  vehicle INTEGER NOT NULL,
  ord INTEGER NOT NULL,
  status INTEGER NOT NULL,
  excl INTEGER NOT NULL,
  incl INTEGER NOT NULL,
  PRIMARY KEY (vehicle, ord)
) STRICT, WITHOUT ROWID;

-- Filled with the text indexes, after the first read; until then orders.parts alone says it.
CREATE TABLE order_part (part INTEGER NOT NULL, ord INTEGER NOT NULL, PRIMARY KEY (part, ord)) STRICT, WITHOUT ROWID;

CREATE TABLE deposits (
  ord INTEGER NOT NULL,
  line INTEGER NOT NULL,
  state INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  due_on TEXT,
  vehicle INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (ord, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX deposits_by_state ON deposits (state, due_on, amount);

CREATE TABLE sellers (pk INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;

CREATE TABLE invoices (
  pk INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  sum INTEGER NOT NULL,
  file INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  excl INTEGER NOT NULL,
  vat INTEGER NOT NULL,
  incl INTEGER NOT NULL,
  currency TEXT NOT NULL,
  number TEXT NOT NULL,
  order_id BLOB NOT NULL,
  order_number TEXT NOT NULL,
  seller INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX invoices_by_order ON invoices (order_id);
CREATE INDEX invoices_by_seller ON invoices (seller);
CREATE INDEX invoices_by_file ON invoices (file);
CREATE INDEX credit_notes ON invoices (pk) WHERE kind = 2;

-- The files on this computer: ours, not the service's, so a full re-read leaves them alone.
CREATE TABLE invoice_files (
  id BLOB PRIMARY KEY,
  state INTEGER NOT NULL,
  size INTEGER,
  sha256 TEXT,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Totals kept with the rows, in the same transaction: a summary of any number of orders reads a few thousand rows at most.
CREATE TABLE order_day (
  day INTEGER NOT NULL,
  status INTEGER NOT NULL,
  count INTEGER NOT NULL,
  excl INTEGER NOT NULL,
  incl INTEGER NOT NULL,
  PRIMARY KEY (day, status)
) STRICT, WITHOUT ROWID;
CREATE TABLE invoice_day (
  day INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  count INTEGER NOT NULL,
  excl INTEGER NOT NULL,
  incl INTEGER NOT NULL,
  PRIMARY KEY (day, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE spending (
  month TEXT NOT NULL,
  vehicle INTEGER NOT NULL,
  count INTEGER NOT NULL,
  excl INTEGER NOT NULL,
  incl INTEGER NOT NULL,
  PRIMARY KEY (month, vehicle)
) STRICT, WITHOUT ROWID;

-- Substring search. The texts are folded before they come here and kept in the tables above, so the indexes keep no copy.
CREATE VIRTUAL TABLE order_text USING fts5(text, content='', columnsize=0, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE part_text USING fts5(text, content='', columnsize=0, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE invoice_text USING fts5(text, content='', columnsize=0, tokenize='trigram case_sensitive 1');
`;
