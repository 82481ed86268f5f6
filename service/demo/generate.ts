import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { CalendarDate } from '#shared/domain/time.ts';
import { ACCOUNT_MODELS, DEMO_PASSWORD, profileOf, type AccountModel } from './accounts.ts';
import { basketsOf } from './baskets.ts';
import { dayOf, parisMoment } from './calendar.ts';
import { Catalogue } from './catalogue.ts';
import { Numbers } from './numbers.ts';
import { orderNote } from './order-notes.ts';
import { ordersOf } from './orders.ts';
import { POLICIES, policyIds, type PolicyKey } from './policies.ts';
import { Prng } from './prng.ts';
import { VEHICLE_MODELS, type VehicleModel } from './vehicle-models.ts';
import { makeVehicle, modelsFor } from './vehicles.ts';
import type { World } from './world.ts';

export type DemoEntity = { [T in EntityType]: { type: T; id: Uuid; value: EntityValue<T> } }[EntityType];

export interface DemoAccount {
  id: Uuid;
  email: string;
  password: string;
  profile: Profile;
  /** Profile, policies, vehicles, baskets, then each order with its documents, oldest first. Made anew, lazily, each time it is read. */
  entities: Iterable<DemoEntity>;
}

export interface DemoOptions {
  seed: string;
  today: CalendarDate;
  /** How many orders the garage has; 1,200 when absent. From 5,000 on it is a busy one: 50 vehicles, 1 to 11 lines an order. */
  garageOrders?: number;
}

const BUSY_FROM = 5_000;
const BUSY_VEHICLES = 50;
const HISTORY_DAYS = 1095;
/** When the accounts were made, whatever today is, so that their ids stay the same from day to day. */
const ACCOUNTS_MADE_AT = Date.UTC(2023, 0, 9, 9);

/** The demo accounts. The same seed and day give the same data, to the byte. */
export function generateDemo(
  options: DemoOptions,
  catalogue = new Catalogue(options.seed),
): Iterable<DemoAccount> {
  return ACCOUNT_MODELS.map((model) => demoAccount(model, catalogue, options));
}

function demoAccount(model: AccountModel, catalogue: Catalogue, options: DemoOptions): DemoAccount {
  const today = dayOf(options.today);
  const seed = `${options.seed}/${model.kind}`;
  const rng = new Prng(`${seed}/account`);
  const garage = model.kind === 'garage';
  const count = garage ? (options.garageOrders ?? model.orders) : model.orders;
  const busy = garage && count >= BUSY_FROM;
  const id = rng.idAt(ACCOUNTS_MADE_AT);
  const since = parisMoment(today - HISTORY_DAYS - 40, 10 * 60);
  const profile = profileOf(model, since, rng, new Prng(`${seed}/phones`));
  const policies = policyIds(rng, since);
  const vehicles = vehicleModels(model, busy, rng).map((vehicleModel, index) =>
    makeVehicle(vehicleModel, { seed, index, today, createdAt: since, garage }),
  );
  const world = (): World => ({
    seed,
    today,
    now: parisMoment(today, 8 * 60 + 45),
    shelf: { catalogue, vehicles, policies, garage, busy },
    numbers: new Numbers(),
    addresses: { home: model.home, other: model.other, otherShare: model.otherShare },
  });

  function* entities(): Generator<DemoEntity> {
    yield { type: 'profile', id, value: profile };
    for (const key of Object.keys(POLICIES) as PolicyKey[])
      yield { type: 'policy', id: policies[key], value: POLICIES[key] };
    for (const vehicle of vehicles) yield { type: 'vehicle', id: vehicle.id, value: vehicle.value };
    for (const basket of basketsOf(world(), options.seed))
      yield { type: 'basket', id: basket.id, value: basket.value };
    for (const order of ordersOf(world(), model.showcases, count, today - HISTORY_DAYS)) {
      const note = orderNote(model.kind, seed, order.id);
      yield {
        type: 'order',
        id: order.id,
        value: note === undefined ? order.value : { ...order.value, note },
      };
      for (const invoice of order.invoices) yield { type: 'invoice', id: invoice.id, value: invoice.value };
    }
  }

  return {
    id,
    email: model.email,
    password: DEMO_PASSWORD,
    profile,
    entities: { [Symbol.iterator]: entities },
  };
}

function vehicleModels(model: AccountModel, busy: boolean, rng: Prng): VehicleModel[] {
  if (!model.models) return modelsFor(busy ? BUSY_VEHICLES : model.vehicles, rng);
  return model.models.map(([name, engine]) => {
    const found = VEHICLE_MODELS.find((candidate) => candidate.model === name && candidate.engine === engine);
    if (!found) throw new RangeError(`no vehicle model "${name} ${engine}"`);
    return found;
  });
}
