import Database from 'better-sqlite3';
import { diskReadsKb } from '../lib/disk.ts';
import { answer, programInput } from '../lib/program.ts';

/** Opens a database and reads the newest 50 orders. Nothing else is imported: the whole process counts. */
const { file } = programInput<{ file: string }>();
const db = new Database(file, { fileMustExist: true });
const rows = db
  .prepare(
    `SELECT id, number, placed_on, status, status_at, title, line_count, vehicle_id, excl_vat, incl_vat
     FROM orders ORDER BY placed_at DESC LIMIT 50`,
  )
  .all();
answer({ rows: rows.length, readKb: diskReadsKb() });
