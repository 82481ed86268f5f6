import { foldCompact } from '#shared/domain/fold.ts';
import type { CalendarDate } from '#shared/domain/time.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { ImportProblem, ImportRow } from '#shared/ipc/vehicles.ts';
import type { Wanted } from './wanted.ts';
import { normalText } from './wanted.ts';

export type Judgement = Pick<ImportRow, 'verdict' | 'changes' | 'problems'>;
type Change = ImportRow['changes'][number];

const LINES = ['plate', 'make', 'model', 'engine', 'customerName', 'notes'] as const;
/** What a vehicle cannot be without. */
const NEEDED = ['plate', 'make', 'model'] as const;

/**
 * What a row would do to the vehicle it is about, or to the account when it is about none that is known. An empty cell never takes a value
 * away. `today` is the day of a reading for which the file has none.
 */
export function judge(wanted: Wanted, present: Vehicle | undefined, today: CalendarDate): Judgement {
  const problems: ImportProblem[] = present
    ? []
    : NEEDED.filter((column) => wanted[column] === undefined).map((column) => ({ column, kind: 'missing' }));
  const reading = mileageChange(wanted, present, today);
  if (reading === 'lower')
    problems.push({ column: 'mileage', kind: 'invalid_mileage', value: String(wanted.kilometres) });
  const changes = [...fieldChanges(wanted, present), ...(reading === 'lower' ? [] : reading)];
  if (present?.retiredOn !== undefined && changes.length > 0) problems.push({ kind: 'retired' });
  if (problems.length > 0) return { verdict: 'invalid', changes: [], problems };
  if (!present) return { verdict: 'add', changes, problems };
  return { verdict: changes.length > 0 ? 'change' : 'same', changes, problems };
}

function fieldChanges(wanted: Wanted, present: Vehicle | undefined): Change[] {
  const changes: Change[] = [];
  const change = (column: Change['column'], before: string | undefined, after: string): void =>
    void changes.push({ column, ...(before !== undefined && before !== '' && { before }), after });
  for (const column of LINES) {
    const [before, after] = [present?.[column], wanted[column]];
    if (after !== undefined && !sameText(column, before, after)) change(column, before, after);
    if (column !== 'plate') continue;
    if (wanted.vin !== undefined && wanted.vin !== present?.vin) change('vin', present?.vin, wanted.vin);
  }
  const { firstRegistration: first } = wanted;
  if (first !== undefined && first !== present?.firstRegistration)
    change('firstRegistration', present?.firstRegistration, first);
  return changes;
}

function sameText(column: (typeof LINES)[number], before: string | undefined, after: string): boolean {
  if (before === undefined) return false;
  // Plates are the same however they are written.
  if (column === 'plate') return foldCompact(before) === foldCompact(after);
  return normalText(column, before) === after;
}

/**
 * A dated reading is new unless that day has one as high. One without a date is of today: new when it is higher than the last, and of no
 * use when it is lower.
 */
function mileageChange(
  { kilometres, mileageOn }: Wanted,
  present: Vehicle | undefined,
  today: CalendarDate,
): Change[] | 'lower' {
  if (kilometres === undefined) return [];
  const last = lastReading(present);
  const known = mileageOn === undefined ? last : present?.mileages.find(({ on }) => on === mileageOn);
  if (known && known.kilometres >= kilometres) {
    return mileageOn === undefined && known.kilometres > kilometres ? 'lower' : [];
  }
  const before = last && { before: String(last.kilometres) };
  const day = last && { before: last.on };
  return [
    { column: 'mileage', ...before, after: String(kilometres) },
    { column: 'mileageOn', ...day, after: mileageOn ?? today },
  ];
}

export function lastReading(vehicle: Vehicle | undefined): Vehicle['mileages'][number] | undefined {
  let last: Vehicle['mileages'][number] | undefined;
  for (const reading of vehicle?.mileages ?? []) if (!last || reading.on > last.on) last = reading;
  return last;
}
