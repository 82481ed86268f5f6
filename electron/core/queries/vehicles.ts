import type { Input, Output } from '#shared/ipc/contract.ts';
import type { VehicleChoice } from '#shared/ipc/vehicles.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes, idText } from '../db/ids.ts';
import { searchWords } from '../db/texts.ts';
import type { KeyLists } from '../search/key-lists.ts';

interface Row {
  id: Uint8Array;
  plate: string;
  label: string;
  customer: string | null;
  order_count: number;
}

/** Retired ones only as far as there are orders to find. */
const CHOICE =
  'known = 1 AND (retired_on IS NULL OR EXISTS (SELECT 1 FROM order_vehicle WHERE vehicle = pk))';

/** A stretch of the vehicles that can be chosen, those with a text when one is typed, and the one that is chosen wherever it stands. */
export function vehicleChoices(
  db: Connection,
  lists: KeyLists,
  { text = '', offset, limit, chosen }: Input<'vehicles.list'>,
): Output<'vehicles.list'> {
  return db.snapshot(() => {
    const words = searchWords(text);
    const keys = lists.get(`choices ${JSON.stringify(words)}`, () => keysOf(db, CHOICE, words));
    const own =
      chosen === undefined
        ? []
        : db.column<number>('SELECT pk FROM vehicles WHERE id = ? AND known = 1', idBytes(chosen));
    const [choice] = choicesOf(db, own);
    return {
      choices: choicesOf(db, keys.slice(offset, offset + limit)),
      count: keys.length,
      ...(choice && { chosen: choice }),
    };
  });
}

/** Keys of those in whose own texts every word occurs; none without words. */
export function matchingVehicles(db: Connection, words: readonly string[]): number[] {
  return words.length === 0 ? [] : keysOf(db, 'known = 1', words);
}

/** Those that have orders first, most recently used first; then the others by plate. */
function keysOf(db: Connection, where: string, words: readonly string[]): number[] {
  return db.column<number>(
    `SELECT pk FROM (SELECT pk, plate, (SELECT min(ord) FROM order_vehicle WHERE vehicle = pk) AS newest
       FROM vehicles WHERE ${where}${words.map(() => ' AND instr(text, ?) > 0').join('')})
     ORDER BY newest IS NULL, newest, plate`,
    ...words,
  );
}

/** In the order of the keys given. */
export function choicesOf(db: Connection, keys: readonly number[]): VehicleChoice[] {
  if (keys.length === 0) return [];
  return db
    .all<Row>(
      `SELECT v.id, v.plate, v.label, v.customer, (SELECT count(*) FROM order_vehicle WHERE vehicle = v.pk) AS order_count
       FROM json_each(?) j CROSS JOIN vehicles v ON v.pk = j.value ORDER BY j.key`,
      JSON.stringify(keys),
    )
    .map((row) => ({
      id: idText(row.id),
      plate: row.plate,
      label: row.label,
      ...(row.customer !== null && { customerName: row.customer }),
      orderCount: row.order_count,
    }));
}
