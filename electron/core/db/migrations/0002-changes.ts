import type { EntityType } from '#shared/domain/entities.ts';

/** Changes that people make on this computer, and what the screens of baskets and vehicles read. */
export const sql = `
ALTER TABLE vehicles ADD COLUMN vin TEXT;
ALTER TABLE vehicles ADD COLUMN make TEXT NOT NULL DEFAULT '';
ALTER TABLE vehicles ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE vehicles ADD COLUMN engine TEXT;
-- the latest reading of the odometer
ALTER TABLE vehicles ADD COLUMN mileage INTEGER;
ALTER TABLE vehicles ADD COLUMN mileage_on TEXT;
ALTER TABLE vehicles ADD COLUMN retired_on TEXT;
-- The two lists of vehicles, each whole in its order.
CREATE INDEX vehicles_in_use ON vehicles (plate COLLATE NOCASE) WHERE known = 1 AND retired_on IS NULL;
CREATE INDEX vehicles_retired ON vehicles (plate COLLATE NOCASE) WHERE known = 1 AND retired_on IS NOT NULL;

CREATE TABLE baskets (
  pk INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  sum INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- key of the vehicle, 0 for none
  vehicle INTEGER NOT NULL,
  template INTEGER NOT NULL,
  line_count INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  excl INTEGER NOT NULL,
  incl INTEGER NOT NULL,
  currency TEXT NOT NULL,
  unpriced INTEGER NOT NULL,
  -- moments in milliseconds since 1970
  oldest_price_at INTEGER,
  changed_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX baskets_by_change ON baskets (changed_at DESC);

-- What is shown where it is not what the service told, because changes wait to be sent; no body: shown as deleted. What was made here has a row
-- in base all the same, with rev 0 and no body, for its key.
CREATE TABLE overlay (
  type INTEGER NOT NULL,
  id BLOB NOT NULL,
  sum INTEGER NOT NULL,
  body BLOB,
  PRIMARY KEY (type, id)
) STRICT, WITHOUT ROWID;

-- The changes made here, in their order: those that wait, and those of the last 30 days in case the service is set back.
CREATE TABLE changes (
  ord INTEGER PRIMARY KEY,
  -- under the present replica id; null when a former one has sent it
  seq INTEGER UNIQUE,
  id BLOB NOT NULL UNIQUE,
  state INTEGER NOT NULL,
  -- whether a change of nothing is sent in its place, and why
  instead INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL,
  name TEXT NOT NULL,
  args TEXT NOT NULL,
  base TEXT,
  inverse TEXT,
  subject_type INTEGER NOT NULL,
  subject_id BLOB NOT NULL,
  -- the parts of the subject that it changes, as JSON
  marks TEXT NOT NULL,
  label TEXT NOT NULL,
  -- when it was confirmed, refused or let go, in milliseconds since 1970
  settled_at INTEGER,
  sum INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_by_state ON changes (state, ord);

-- The entities that each waiting change reads or writes; written = 1: what the screens mark as not sent yet.
CREATE TABLE change_refs (
  type INTEGER NOT NULL,
  id BLOB NOT NULL,
  ord INTEGER NOT NULL,
  written INTEGER NOT NULL,
  PRIMARY KEY (type, id, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_refs_by_change ON change_refs (ord);

-- Why changes were refused, until someone decides about them.
CREATE TABLE refusals (
  ord INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  field TEXT,
  present TEXT,
  sum INTEGER NOT NULL
) STRICT;

CREATE TABLE sync_log (
  pk INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  count INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  received INTEGER NOT NULL,
  problem TEXT
) STRICT;

-- Whoever syncs next looks whether this version reads more than the one before.
DELETE FROM meta WHERE name = 'app';
`;

/** Their rows have new columns, which are filled from what is here. */
export const projectAgain: readonly EntityType[] = ['vehicle'];
