import { anOrder, aProfile, aVehicle } from '#test/support/entities.ts';
import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { Account } from './account.ts';
import type { LiveService } from './live-service.ts';
import type { Random } from './random.ts';
import { ServiceModel } from './service-model.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What of a world its accounts are made with. */
interface Ground {
  service: LiveService;
  random: Random;
  time: VirtualTime;
  /** Notes whose an entity is. */
  own: (account: Account, id: string) => void;
}

export const PASSWORD = 'un-mot-de-passe-1!';

/** The accounts of a world with what each holds at the beginning, in the service and in the model alike. */
export async function makeAccounts(world: Ground, count: number): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let n = 0; n < count; n += 1) accounts.push(await makeAccount(world, n));
  return accounts;
}

async function makeAccount(world: Ground, number: number): Promise<Account> {
  const { random, time, service } = world;
  const id = random.id(time.now());
  const email = `${id}@example.org`;
  const account: Account = {
    id,
    email,
    model: new ServiceModel(id),
    everVerdicts: new Map(),
    takenAs: new Map(),
    silent: false,
    baskets: [],
    vehicles: [],
    addresses: [],
    phones: [],
    orders: [],
    countingBasket: random.id(time.now()),
  };
  await service.service.createAccount({
    id,
    email,
    password: PASSWORD,
    kind: 'private',
    displayName: 'Camille',
    locale: 'fr',
  });
  const at = new Date(time.now()).toISOString();
  const basket = { name: 'Counting', isTemplate: false, lines: [], createdAt: at, changedAt: at, edits: 0 };
  await tell(world, account, 'profile', id, aProfile({ email, kind: number === 0 ? 'garage' : 'private' }));
  await tell(world, account, 'basket', account.countingBasket, basket);
  for (let i = 0; i < 2; i += 1) {
    account.baskets.push(
      await tell(world, account, 'basket', random.id(time.now()), { ...basket, name: `Panier ${i}` }),
    );
    account.vehicles.push(await tell(world, account, 'vehicle', random.id(time.now()), aVehicle()));
    await tellOrder(world, account, random.id(time.now()), i);
  }
  return account;
}

/** Something that the service itself writes, as the shop does with orders. */
export async function tell<T extends EntityType>(
  world: Ground,
  account: Account,
  type: T,
  id: string,
  value: EntityValue<T>,
): Promise<string> {
  await world.service.service.feed.put(account.id, type, id, value);
  account.model.put(type, id, value);
  world.own(account, id);
  return id;
}

export async function tellOrder(world: Ground, account: Account, id: string, number: number): Promise<void> {
  const order = anOrder({ number: `C${number}${id.slice(-4)}`, ...(number % 2 === 1 && { note: 'note' }) });
  await tell(world, account, 'order', id, order);
  if (!account.orders.some((known) => known.id === id))
    account.orders.push({ id, lineIds: order.lines.map((line) => line.id) });
}
