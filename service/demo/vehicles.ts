import type { Uuid } from '#shared/domain/ids.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import { dateOf, dayOf, type Day } from './calendar.ts';
import { customerName, vehicleNote } from './people.ts';
import { Prng } from './prng.ts';
import { VEHICLE_MODELS, type VehicleModel } from './vehicle-models.ts';

export interface DemoVehicle {
  id: Uuid;
  value: Vehicle;
  model: VehicleModel;
  /** How often it is worked on, compared with others. */
  weight: number;
}

/** The series that the SIV gives: no I, O or U, which look like figures; no SS nor WW (arrêté du 9 février 2009). */
const SIV_LETTERS = [...'ABCDEFGHJKLMNPQRSTVWXYZ'];
const VIN_LETTERS = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];
const SIV_START = dayOf('2009-04-15');
/** How many first letter pairs were used up per day, on average since the start. */
const PAIRS_PER_DAY = 10.2 / 365.25;

export function sivPlate(registered: Day, rng: Prng): string {
  const pair = Math.floor(Math.max(0, registered - SIV_START) * PAIRS_PER_DAY);
  const first = `${letterAt(Math.floor(pair / SIV_LETTERS.length))}${letterAt(pair % SIV_LETTERS.length)}`;
  const last = `${rng.pick(SIV_LETTERS)}${rng.pick(SIV_LETTERS)}`;
  const number = String(rng.int(1, 999)).padStart(3, '0');
  const allowed = (letters: string, refused: readonly string[]): string =>
    refused.includes(letters) ? `${letters.charAt(0)}T` : letters;
  return `${allowed(first, ['SS', 'WW'])}-${number}-${allowed(last, ['SS'])}`;
}

const letterAt = (index: number): string => SIV_LETTERS[index % SIV_LETTERS.length] ?? 'A';

/** The plates of before April 2009: a number, two letters, the département. */
function fniPlate(rng: Prng): string {
  return `${rng.int(1000, 9999)} ${rng.pick(SIV_LETTERS)}${rng.pick(SIV_LETTERS)} ${rng.pick(['69', '38', '01', '42'])}`;
}

export function vinOf(pattern: string, rng: Prng): string {
  return pattern.replace(/[@#]/g, (mark) => (mark === '#' ? String(rng.int(0, 9)) : rng.pick(VIN_LETTERS)));
}

export function makeVehicle(
  model: VehicleModel,
  options: { seed: string; index: number; today: Day; createdAt: number; garage: boolean },
): DemoVehicle {
  const rng = new Prng(`${options.seed}/vehicle/${options.index}`);
  const [from, to] = model.years;
  const earliest = dayOf(`${from}-02-01`);
  const latest = Math.min(dayOf(`${to}-12-01`), options.today - 600);
  const registered = rng.int(Math.min(earliest, latest), latest);
  const value: Vehicle = {
    plate: registered < SIV_START && rng.chance(0.8) ? fniPlate(rng) : sivPlate(registered, rng),
    vin: vinOf(model.vin, rng),
    make: model.make,
    model: model.model,
    engine: model.engine,
    firstRegistration: dateOf(registered),
    mileages: mileages(registered, options.today, rng),
  };
  if (options.garage) {
    value.customerName = customerName(rng);
    if (rng.chance(0.35)) value.notes = vehicleNote(rng);
  }
  // A few vehicles make most of the work, as in any workshop.
  return {
    id: rng.idAt(options.createdAt + options.index),
    value,
    model,
    weight: 0.3 + rng.float() ** 2 * 3,
  };
}

/** Readings every few months over the last three years, never falling. */
function mileages(registered: Day, today: Day, rng: Prng): Vehicle['mileages'] {
  const perDay = rng.int(22, 62);
  const readings: Vehicle['mileages'] = [];
  let kilometres = 0;
  let day = Math.max(registered + 30, today - 1090 + rng.int(0, 120));
  let before = registered;
  while (day <= today) {
    kilometres += Math.round((day - before) * perDay * (0.8 + rng.float() * 0.4));
    readings.push({ on: dateOf(day), kilometres });
    before = day;
    day += rng.int(90, 240);
  }
  return readings;
}

/** That many different engines first, then the list again from its start. */
export function modelsFor(count: number, rng: Prng): VehicleModel[] {
  const shuffled = VEHICLE_MODELS.map((model) => ({ model, order: rng.float() }))
    .sort((a, b) => a.order - b.order)
    .map(({ model }) => model);
  return Array.from(
    { length: count },
    (_, index) => shuffled[index % shuffled.length] ?? rng.pick(VEHICLE_MODELS),
  );
}
