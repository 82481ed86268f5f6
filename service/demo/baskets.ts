import type { Basket, BasketLine } from '#shared/domain/basket.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import { toInstant } from '#shared/domain/time.ts';
import { lineIdOf } from '#shared/mutations/baskets/line-id.ts';
import { BASKET_PLANS, type BasketPlan, type PlannedJob } from './basket-plans.ts';
import { parisMoment } from './calendar.ts';
import { jobNamed } from './jobs.ts';
import { priceOn } from './price-list.ts';
import { Prng } from './prng.ts';
import { VEHICLE_MODELS, type VehicleModel } from './vehicle-models.ts';
import type { DemoVehicle } from './vehicles.ts';
import type { World } from './world.ts';

export interface DemoBasket {
  id: Uuid;
  value: Basket;
}

/** The baskets of an account as it left them, with the prices of the days on which their parts were put in. */
export function basketsOf(world: World, shopSeed: string): DemoBasket[] {
  const { garage, vehicles } = world.shelf;
  return BASKET_PLANS[garage ? 'garage' : 'private'].map((plan, index) => {
    const rng = new Prng(`${world.seed}/basket/${index}`);
    const at = (daysAgo: number): string =>
      toInstant(Math.min(world.now, parisMoment(world.today - daysAgo, rng.int(9 * 60, 18 * 60))));
    const createdAt = at(plan.made);
    const id = rng.idAt(Date.parse(createdAt));
    const vehicle = plan.vehicle === undefined ? undefined : vehicleAt(vehicles, plan.vehicle);
    const lines = linesOf(plan, id, vehicle, createdAt, { world, shopSeed, rng });
    const value: Basket = {
      name: vehicle ? plan.name.replace('%plate%', vehicle.value.plate) : plan.name,
      isTemplate: plan.isTemplate ?? false,
      lines,
      createdAt,
      changedAt: at(plan.changed),
      edits: lines.length + 1,
    };
    if (plan.notes !== undefined) value.notes = plan.notes;
    if (vehicle) value.vehicleId = vehicle.id;
    if (plan.deleted) value.deletedAt = value.changedAt;
    return { id, value };
  });
}

function linesOf(
  plan: BasketPlan,
  basketId: Uuid,
  basketVehicle: DemoVehicle | undefined,
  at: string,
  { world, shopSeed, rng }: { world: World; shopSeed: string; rng: Prng },
): BasketLine[] {
  const { catalogue, vehicles } = world.shelf;
  const lines = new Map<Uuid, BasketLine>();
  for (const planned of plan.jobs) {
    const vehicle = planned.vehicle === undefined ? basketVehicle : vehicleAt(vehicles, planned.vehicle);
    const model = planned.model ? modelNamed(...planned.model) : vehicle?.model;
    const vehicleId = vehicle === basketVehicle ? undefined : vehicle?.id;
    for (const key of partKeys(planned)) {
      const part = catalogue.partFor(key, model, rng);
      if (!part) continue;
      const id = lineIdOf(basketId, part, vehicleId);
      const price = priceOn(part, shopSeed, at);
      lines.set(id, {
        id,
        reference: part.reference,
        brand: part.brand,
        name: part.name,
        quantity: planned.times ?? part.template.quantity?.[0] ?? 1,
        ...(vehicleId === undefined ? {} : { vehicleId }),
        ...(price ? { price } : {}),
      });
    }
  }
  return [...lines.values()];
}

function partKeys({ job, complete }: PlannedJob): string[] {
  const { parts, options = [] } = jobNamed(job);
  return [...parts, ...(complete ? options : [])];
}

function vehicleAt(vehicles: readonly DemoVehicle[], index: number): DemoVehicle {
  const vehicle = vehicles[index % vehicles.length];
  if (!vehicle) throw new RangeError('an account without vehicles has no baskets for them');
  return vehicle;
}

function modelNamed(model: string, engine: string): VehicleModel {
  const found = VEHICLE_MODELS.find((one) => one.model === model && one.engine === engine);
  if (!found) throw new RangeError(`no vehicle model "${model} ${engine}"`);
  return found;
}
