import type { CalendarDate } from '#shared/domain/time.ts';
import type { ImportColumn, ImportPreview, ImportRow } from '#shared/ipc/vehicles.ts';
import type { Slices } from '../db/slices.ts';
import { columnsOf, missingColumns } from './columns.ts';
import type { FileText } from './encoding.ts';
import { textOf } from './encoding.ts';
import { UnreadableFile } from './file-error.ts';
import { judge } from './judge.ts';
import type { KnownVehicle, KnownVehicles } from './known-vehicles.ts';
import { Seen } from './known-vehicles.ts';
import { layoutOf, recordsOf } from './records.ts';
import type { ReadRow, Wanted } from './wanted.ts';
import { readRow } from './wanted.ts';

/** A row as people see it, with what applying it needs. */
export interface PreviewRow {
  shown: ImportRow;
  wanted: Wanted;
}

export type Preview = Omit<ImportPreview, 'importId' | 'fileName'> & { rows: PreviewRow[] };

/** Twice the largest fleet that we were told of; more would be another kind of file. */
const MOST_ROWS = 100_000;
const MOST_COLUMNS = 500;

/** What importing a file would do to vehicles. Throws an UnreadableFile when it is no table of text. */
export async function previewOf(
  bytes: Buffer,
  vehicles: KnownVehicles,
  today: CalendarDate,
  slices: Slices,
): Promise<Preview> {
  const text = textIn(bytes);
  const layout = layoutOf(text);
  const preview: Preview = {
    encoding: text.encoding,
    separator: layout.separator,
    columns: [],
    missing: [],
    counts: { add: 0, change: 0, same: 0, invalid: 0 },
    rows: [],
  };
  const seen = new Seen();
  let header: (ImportColumn | undefined)[] | undefined;
  for await (const record of recordsOf(text, layout)) {
    if (slices.due()) await slices.pause();
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    if (!header) {
      preview.columns = headerOf(record.cells);
      preview.missing = missingColumns(preview.columns);
      header = preview.columns.map(({ column }) => column);
      if (preview.missing.length > 0) break;
      continue;
    }
    if (preview.rows.length >= MOST_ROWS)
      throw new UnreadableFile(`more than ${MOST_ROWS} rows`, 'too_large');
    const read = readRow(record, header, today);
    const row = previewRow(read, vehicles, seen, today);
    preview.rows.push(row);
    preview.counts[row.shown.verdict] += 1;
  }
  if (!header) throw new UnreadableFile('empty', 'empty');
  return preview;
}

/** How workbooks begin: zip archives since 2007, compound files before. */
const ZIP = Buffer.from('PK').toString('hex');
const COMPOUND = 'd0cf11e0';

function textIn(bytes: Buffer): FileText {
  if (bytes.length === 0) throw new UnreadableFile('empty', 'empty');
  const text = textOf(bytes);
  if (text) return text;
  const begins = (signature: string): boolean => bytes.toString('hex', 0, signature.length / 2) === signature;
  throw begins(ZIP) || begins(COMPOUND)
    ? new UnreadableFile('a workbook', 'workbook')
    : new UnreadableFile('not text', 'not_text');
}

function headerOf(cells: readonly string[]): ReturnType<typeof columnsOf> {
  if (cells.length > MOST_COLUMNS) throw new UnreadableFile(`more than ${MOST_COLUMNS} columns`, 'too_large');
  return columnsOf(cells);
}

function previewRow(
  { line, wanted, problems }: ReadRow,
  vehicles: KnownVehicles,
  seen: Seen,
  today: CalendarDate,
): PreviewRow {
  const found = vehicles.find(wanted);
  if (problems.length === 0 && wanted.plate === undefined && wanted.vin === undefined)
    problems.push({ column: 'plate', kind: 'missing' });
  if (seen.again(wanted, found?.id)) problems.push({ kind: 'twice_in_file' });
  const judged =
    problems.length > 0
      ? { verdict: 'invalid' as const, changes: [], problems }
      : judge(wanted, found?.value, today);
  return { wanted, shown: { line, ...namesOf(wanted, found), ...judged } };
}

/** How the row's vehicle is called: as the file says, else as it is known. */
function namesOf(
  { plate, vin, make, model }: Wanted,
  found: KnownVehicle | undefined,
): Pick<ImportRow, 'plate' | 'label'> {
  const words = [make ?? found?.value.make, model ?? found?.value.model].filter((word) => word !== undefined);
  return { plate: plate ?? found?.value.plate ?? vin ?? '', label: words.join(' ') };
}
