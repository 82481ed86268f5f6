import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { replaceFile } from '../files/replace.ts';
import { BYTE_ORDER_MARK, csvLines, type Language } from './csv.ts';

/** Rows to a page. */
export const PAGE = 500;

/** Writes a table a page at a time, so that neither memory nor other queries feel how long the list is. Answers how many rows it has. */
export function writeCsv(
  path: string,
  header: readonly string[],
  language: Language,
  page: (offset: number) => string[][],
): Promise<number> {
  return replaceFile(path, async (temporary) => {
    const file: FileHandle = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(BYTE_ORDER_MARK + csvLines([header], language));
      let written = 0;
      for (let rows = page(0); rows.length > 0; rows = page(written)) {
        await file.appendFile(csvLines(rows, language));
        written += rows.length;
        if (rows.length < PAGE) break;
      }
      return written;
    } finally {
      await file.close();
    }
  });
}
