import { closeSync, fdatasyncSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import BetterSqlite from 'better-sqlite3';
import { parse } from 'csv-parse';
import { newId } from '#shared/domain/ids.ts';
import { fleetCsv } from '../lib/fleet-csv.ts';
import { answer, programInput } from '../lib/program.ts';

/**
 * Reads a file of vehicles with the parser alone, then keeps each row as JSON in a table with indexes, a hundred to a transaction, before whose
 * commit the same JSON is flushed to a file. It checks nothing.
 */
const { folder, vehicles } = programInput<{ folder: string; vehicles: number }>();
const BATCH = 100;
const path = join(folder, 'fleet.csv');
writeFileSync(path, fleetCsv(vehicles));

const startedToRead = performance.now();
const rows: string[][] = [];
const parser = Readable.from([readFileSync(path, 'utf8')]).pipe(parse({ delimiter: ';', from_line: 2 }));
for await (const row of parser) rows.push(row as string[]);
const readMs = performance.now() - startedToRead;
if (rows.length !== vehicles) throw new Error(`${rows.length} rows were read`);

const db = new BetterSqlite(join(folder, 'floor.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.exec(`CREATE TABLE vehicles (pk INTEGER PRIMARY KEY, id TEXT UNIQUE, plate TEXT, vin TEXT, body TEXT) STRICT;
  CREATE INDEX vehicles_plate ON vehicles (plate);
  CREATE INDEX vehicles_vin ON vehicles (vin);`);
const insert = db.prepare('INSERT INTO vehicles (id, plate, vin, body) VALUES (?, ?, ?, ?)');
const log = openSync(join(folder, 'log'), 'w', 0o600);
const startedToKeep = performance.now();
for (let from = 0; from < rows.length; from += BATCH) {
  const some = rows.slice(from, from + BATCH);
  db.exec('BEGIN IMMEDIATE');
  for (const row of some) insert.run(newId(), row[0], row[1], JSON.stringify(row));
  writeSync(log, `${JSON.stringify(some)}\n`);
  fdatasyncSync(log);
  db.exec('COMMIT');
}
const keepMs = performance.now() - startedToKeep;
closeSync(log);
db.close();
answer({ readMs, keepMs });
