import type { Row } from './content.ts';
import { LINE_HEIGHT, type Ink, type Style } from './ink.ts';

export const PAGE = { width: 595.28, height: 841.89, left: 40, right: 555.28 } as const;

interface Column {
  key: Exclude<keyof Row, 'note' | 'cents'>;
  label: string;
  width: number;
  alignRight: boolean;
}

/** 515 points in all, from margin to margin. */
export const COLUMNS: readonly Column[] = [
  { key: 'reference', label: 'Référence', width: 86, alignRight: false },
  { key: 'brand', label: 'Marque', width: 70, alignRight: false },
  { key: 'name', label: 'Désignation', width: 143, alignRight: false },
  { key: 'quantity', label: 'Qté', width: 26, alignRight: true },
  { key: 'unitPrice', label: 'PU HT €', width: 54, alignRight: true },
  { key: 'discount', label: 'Remise €', width: 46, alignRight: true },
  { key: 'vatRate', label: 'TVA', width: 34, alignRight: true },
  { key: 'exclVat', label: 'Total HT €', width: 56.28, alignRight: true },
];

const GAP = 8;
const AMOUNT_GAP = 3;
export const PADDING = 4.5;
export const CELL: Style = { size: 8 };
export const AMOUNT: Style = { size: 8, tabular: true };
export const NOTE: Style = { size: 6.8, color: '#50606d' };

export interface MeasuredRow {
  row: Row;
  cells: readonly { column: Column; x: number; lines: readonly string[]; style: Style }[];
  note: readonly string[];
  height: number;
}

/** An amount is never broken: one that is too wide for its column is written smaller. */
function fitting(text: string, width: number, ink: Ink): Style {
  return { ...AMOUNT, size: Math.min(AMOUNT.size, (AMOUNT.size * width) / ink.width(text, AMOUNT)) };
}

/** Breaks each cell into lines of its column, and knows how high the row gets. */
export function measureRow(row: Row, ink: Ink): MeasuredRow {
  let left: number = PAGE.left;
  const cells = COLUMNS.map((column) => {
    const x = column.alignRight ? left + column.width : left;
    left += column.width;
    const text = row[column.key];
    if (!column.alignRight)
      return { column, x, style: CELL, lines: ink.wrap(text, column.width - GAP, CELL) };
    return { column, x, style: fitting(text, column.width - AMOUNT_GAP, ink), lines: [text] };
  });
  const name = cells.find((cell) => cell.column.key === 'name');
  const note = row.note === undefined ? [] : ink.wrap(row.note, NAME_WIDTH - GAP, NOTE);
  const cellLines = Math.max(...cells.map((cell) => cell.lines.length));
  const nameHeight = ((name?.lines.length ?? 1) * CELL.size + note.length * NOTE.size) * LINE_HEIGHT;
  const height = Math.max(cellLines * CELL.size * LINE_HEIGHT, nameHeight) + 2 * PADDING;
  return { row, cells, note, height };
}

export const NAME_X = COLUMNS.slice(0, 2).reduce<number>((x, column) => x + column.width, PAGE.left);
const NAME_WIDTH = COLUMNS[2]?.width ?? 0;

/** Puts rows on pages: `rooms` says how high each page's table may be, its last entry stands for all further pages. */
export function paginate(rows: readonly MeasuredRow[], firstRoom: number, nextRoom: number): MeasuredRow[][] {
  const pages: MeasuredRow[][] = [[]];
  let room = firstRoom;
  for (const row of rows) {
    const page = pages.at(-1) ?? [];
    if (row.height > room && page.length > 0) {
      pages.push([row]);
      room = nextRoom - row.height;
    } else {
      page.push(row);
      room -= row.height;
    }
  }
  return pages;
}
