import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { FileText } from './encoding.ts';
import { UnreadableFile } from './file-error.ts';
import type { Separator } from './separator.ts';
import { declaredSeparator, separatorChars, separatorOf } from './separator.ts';

/** One line of a table, or several where a quoted cell holds line breaks. */
export interface FileRecord {
  /** Where it begins; the file's first line is 1. */
  line: number;
  cells: string[];
}

/** More than any cell needs, and little enough to stop at a quote that is never closed. */
const MOST_RECORD_BYTES = 1024 * 1024;
const LINE_ENDS = ['\r\n', '\n', '\r'];

/** How the table in a text is written: its separator, and whether its first line only says which one that is. */
export function layoutOf(text: FileText): { separator: Separator; firstLine: number } {
  const [first = ''] = text.pieces();
  const lines = first.split(/\r\n|\n|\r/);
  const declared = declaredSeparator(lines[0] ?? '');
  if (declared !== undefined) return { separator: declared, firstLine: 2 };
  return { separator: separatorOf(lines.find((line) => line.trim() !== '') ?? ''), firstLine: 1 };
}

/** The records of a table, header first (RFC 4180, read leniently). Throws an UnreadableFile where no table can be made out. */
export async function* recordsOf(
  text: FileText,
  layout: { separator: Separator; firstLine: number },
): AsyncGenerator<FileRecord, void, undefined> {
  const parser = parse({
    delimiter: separatorChars[layout.separator],
    record_delimiter: LINE_ENDS,
    from_line: layout.firstLine,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD_BYTES,
    info: true,
  });
  const source = Readable.from(text.pieces(), { highWaterMark: 1 });
  source.pipe(parser);
  let miscounted = 0;
  try {
    for await (const parsed of parser) {
      const { record, info } = parsed as { record: string[]; info: { lines: number } };
      // A quoted cell may hold line breaks. The parser tells where a record ended, and takes \r\n in a cell for two of them.
      const breaks = sumOf(record, /\r\n|\n|\r/g);
      if (breaks > 0) miscounted += sumOf(record, /\r\n/g);
      yield { line: info.lines - miscounted - breaks, cells: record };
    }
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(error);
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const sumOf = (cells: readonly string[], what: RegExp): number =>
  cells.reduce((sum, cell) => sum + (cell.match(what)?.length ?? 0), 0);

/** The parser's own words may quote what is in the file. */
function unreadable(error: CsvError): UnreadableFile {
  const line = typeof error['lines'] === 'number' ? ` before line ${error['lines']}` : '';
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE')
    return new UnreadableFile(`a quote is not closed${line}`, 'unclosed_quote');
  return new UnreadableFile(`${error.code}${line}`);
}
