import { fold } from '#shared/domain/fold.ts';

/** One line of a pasted list, as it was written; nobody has looked its part up yet. */
export type PastedLine = { reference: string; quantity: string; brand: string; name: string };

/** More is not a list that somebody looks over before adding it. */
export const MOST_PASTED_LINES = 500;

type Column = keyof PastedLine;

const IN_ORDER: readonly Column[] = ['reference', 'quantity', 'brand', 'name'];
const BY_HEADER: Readonly<Record<string, Column>> = {
  reference: 'reference',
  ref: 'reference',
  quantite: 'quantity',
  quantity: 'quantity',
  qte: 'quantity',
  qty: 'quantity',
  marque: 'brand',
  brand: 'brand',
  nom: 'name',
  name: 'name',
  designation: 'name',
  piece: 'name',
  part: 'name',
};

/** Whether what is pasted is a list of parts rather than the text of one. */
export function isList(text: string): boolean {
  const lines = linesOf(text);
  return lines.length > 1 || lines.some((line) => /[\t;]/.test(line));
}

/** The lines of "reference;quantity", by tab, semicolon or comma, brand and name after them or wherever a first line names them. */
export function parseList(text: string): PastedLine[] {
  const lines = linesOf(text);
  const separator = ['\t', ';', ','].find((candidate) => lines.some((line) => line.includes(candidate)));
  const rows = lines.map((line) => (separator === undefined ? [line.trim()] : cells(line, separator)));
  const columns = headerOf(rows[0] ?? []);
  return (columns ? rows.slice(1) : rows)
    .map((row) => lineOf(row, columns ?? IN_ORDER))
    .filter((line) => line.reference !== '' || line.name !== '');
}

const linesOf = (text: string): string[] =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');

function headerOf(row: readonly string[]): (Column | undefined)[] | undefined {
  const columns = row.map((cell) => BY_HEADER[fold(cell)]);
  return columns.includes('reference') ? columns : undefined;
}

function lineOf(row: readonly string[], columns: readonly (Column | undefined)[]): PastedLine {
  const at = (column: Column): string => row[columns.indexOf(column)] ?? '';
  return {
    reference: at('reference'),
    quantity: at('quantity') || '1',
    brand: at('brand'),
    name: at('name'),
  };
}

/** Cells may be quoted as spreadsheets do it, with quotes inside doubled; a line break inside one is not a list of parts. */
function cells(line: string, separator: string): string[] {
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const char = line.charAt(i);
    if (quoted && char === '"' && line.charAt(i + 1) === '"') {
      cell += '"';
      i += 1;
    } else if (char === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
    else if (char === separator && !quoted) {
      found.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  found.push(cell.trim());
  return found;
}
