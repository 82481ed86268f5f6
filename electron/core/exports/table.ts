/** Rows to a page. */
export const PAGE = 500;

/** What becomes a CSV file: its first row, and all others a page at a time. */
export interface Table {
  header: readonly string[];
  pages: Iterable<readonly string[][]>;
}

/** Asks for page after page until one is not full. */
export function* inPages<Row>(page: (offset: number) => Row[]): Generator<Row[]> {
  for (let offset = 0; ; offset += PAGE) {
    const rows = page(offset);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
  }
}
