import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { replaceFile } from '../files/replace.ts';
import { BYTE_ORDER_MARK, csvLines, type Language } from './csv.ts';
import type { Table } from './table.ts';

/** Writes a table a page at a time, so that neither memory nor other queries feel how long the list is. Answers how many rows it has. */
export function writeCsv(path: string, table: Table, language: Language): Promise<number> {
  return replaceFile(path, async (temporary) => {
    const file: FileHandle = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(BYTE_ORDER_MARK + csvLines([table.header], language));
      let written = 0;
      for (const rows of table.pages) {
        await file.appendFile(csvLines(rows, language));
        written += rows.length;
      }
      return written;
    } finally {
      await file.close();
    }
  });
}

/** The same file as text, a page at a time. */
export function* csvText({ header, pages }: Table, language: Language): Generator<string> {
  yield BYTE_ORDER_MARK + csvLines([header], language);
  for (const rows of pages) yield csvLines(rows, language);
}
