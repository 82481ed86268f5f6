import type { Uuid } from '#shared/domain/ids.ts';
import type { CoreDeposit, OrderLine } from '#shared/domain/order.ts';
import type { Catalogue, Part } from './catalogue.ts';
import { JOBS, type Job } from './jobs.ts';
import type { PolicyIds } from './policies.ts';
import type { Prng } from './prng.ts';
import type { DemoVehicle } from './vehicles.ts';

export interface LineDraft {
  line: OrderLine;
  /** Months to send the old core back, when there is a deposit. */
  depositMonths: 1 | 3 | 12 | undefined;
}

export interface Basket {
  drafts: LineDraft[];
  vehicle: DemoVehicle | undefined;
}

export interface Shelf {
  catalogue: Catalogue;
  vehicles: readonly DemoVehicle[];
  policies: PolicyIds;
  garage: boolean;
  /** Filled up to 11 lines of any part, as a busy garage does; a normal account buys what its jobs need. */
  busy: boolean;
}

const DEPOSIT_CONDITIONS = 'Pièce complète, identique, non démontée et vidée de ses fluides.';

/** What is in one order: the parts of a job for a vehicle, sometimes with things for another or for the shelf. */
export function fillBasket(
  shelf: Shelf,
  at: { ms: number; year: number; month: number },
  job: Job | undefined,
  rng: Prng,
): Basket {
  // An order made for what it shows has what its job needs: of a single line nothing could be sent apart.
  const wanted = shelf.busy && !job ? rng.int(1, 11) : undefined;
  const vehicle = rng.weighted(shelf.vehicles);
  const chosen = job ?? drawJob(at.month, shelf.garage, rng);
  const parts = jobParts(chosen, vehicle, shelf.catalogue, rng);
  const others: { part: Part; vehicle: DemoVehicle | undefined }[] = [];
  const drawOther = (): void => {
    const other = rng.weighted(shelf.vehicles);
    for (const part of jobParts(drawJob(at.month, false, rng), other, shelf.catalogue, rng))
      others.push({ part, vehicle: other });
  };
  if (shelf.garage && parts.length < 5 && rng.chance(0.12)) drawOther();
  const own: { part: Part; vehicle: DemoVehicle | undefined }[] = parts.map((part) => ({ part, vehicle }));
  const all = distinct([...own, ...others]).slice(0, wanted ?? 6);
  while (wanted !== undefined && all.length < wanted)
    all.push({ part: shelf.catalogue.anyPart(rng), vehicle: undefined });
  const orderVehicle = chosen.stock ? undefined : vehicle;
  return {
    vehicle: orderVehicle,
    drafts: all.map(({ part, vehicle: meant }) =>
      draft(part, shelf, at, meant && meant !== vehicle ? meant.id : undefined, rng),
    ),
  };
}

function drawJob(month: number, withStock: boolean, rng: Prng): Job {
  for (;;) {
    const job = rng.weighted(JOBS);
    if (job.stock && !withStock) continue;
    // Out of season two of three are dropped, so that the season has three times as many.
    if (job.season && !job.season.includes(month) && !rng.chance(1 / 3)) continue;
    return job;
  }
}

function jobParts(job: Job, vehicle: DemoVehicle, catalogue: Catalogue, rng: Prng): Part[] {
  const keys = [...job.parts, ...(job.options ?? []).filter(() => rng.chance(0.4))];
  const parts = keys.flatMap((key) => catalogue.partFor(key, vehicle.model, rng) ?? []);
  // A job for the other kind of engine has nothing to buy: an oil change fits all.
  return parts.length > 0
    ? parts
    : ['oil-filter', 'oil-5l'].flatMap((key) => catalogue.partFor(key, vehicle.model, rng) ?? []);
}

function distinct<T extends { part: Part }>(items: readonly T[]): T[] {
  const seen = new Set<Part>();
  return items.filter(({ part }) => !seen.has(part) && seen.add(part));
}

function draft(
  part: Part,
  shelf: Shelf,
  at: { ms: number; year: number },
  vehicleId: Uuid | undefined,
  rng: Prng,
): LineDraft {
  const { template } = part;
  const [low, high] = template.quantity ?? [1, 1];
  const quantity = shelf.garage || high <= 4 ? rng.int(low, high) : rng.int(low, Math.max(low, 4));
  // Prices have risen by about 2.5 % a year; catalogue prices are those of 2026.
  const inclVat = Math.round((part.price * (1 + 0.025 * (at.year - 2026))) / 10) * 10;
  const unitPriceExclVat = Math.round((inclVat * 10_000) / (10_000 + part.vatRate));
  const line: OrderLine = {
    id: rng.idAt(at.ms),
    reference: part.reference,
    brand: part.brand,
    name: part.name,
    category: template.category,
    quantity,
    unitPriceExclVat,
    vatRate: part.vatRate,
    origin: part.origin,
    policyId: shelf.policies[part.policy],
  };
  if (rng.chance(shelf.garage ? 0.25 : 0.1))
    line.discountExclVat = Math.round((quantity * unitPriceExclVat * rng.pick([5, 5, 10, 10, 15, 20])) / 100);
  if (part.deposit) line.coreDeposit = newDeposit(part.deposit.amountExclVat, part.vatRate);
  if (vehicleId !== undefined) line.vehicleId = vehicleId;
  if (part.seller !== undefined) line.seller = part.seller;
  return { line, depositMonths: part.deposit?.months };
}

function newDeposit(amountExclVat: number, vatRate: number): CoreDeposit {
  return { amountExclVat, vatRate, state: 'to_return', conditions: DEPOSIT_CONDITIONS };
}
