import type { Basket } from '#shared/domain/basket.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { World } from './world.ts';
import { entitiesOf, sorted } from './world.ts';

/** What of an account counts in a comparison. */
export interface View {
  deletedBaskets: boolean;
  prices: boolean;
  lineIds: boolean;
  /** Otherwise only how much of which part for which vehicle. */
  lines: boolean;
  /** Of addresses and phone numbers. */
  listOrder: boolean;
  consentProof: boolean;
  notices: boolean;
}

export const EXACT: View = {
  deletedBaskets: true,
  prices: true,
  lineIds: true,
  lines: true,
  listOrder: true,
  consentProof: true,
  notices: true,
};

const byText = <T>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (JSON.stringify(sorted(a)) < JSON.stringify(sorted(b)) ? -1 : 1));

function quantities(basket: Basket): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { quantity, vehicleId, brand, reference } of basket.lines) {
    const key = [brand, reference, vehicleId].join(' ');
    sums[key] = (sums[key] ?? 0) + quantity;
  }
  return sums;
}

function ofBasket(basket: Basket, wanted: View): unknown {
  const { changedAt: _at, edits: _edits, deletedAt, ...rest } = basket;
  const lines = basket.lines.map(({ id, price, ...line }) => ({
    ...line,
    ...(wanted.lineIds ? { id } : {}),
    ...(wanted.prices && price ? { price } : {}),
  }));
  return {
    ...rest,
    lines: wanted.lines ? lines : quantities(basket),
    ...(wanted.deletedBaskets ? { deleted: deletedAt !== undefined } : {}),
  };
}

function ofProfile(profile: Profile, wanted: View): unknown {
  const { phones = [], addresses, preferences = {}, consents = {}, ...rest } = profile;
  const choices = Object.entries(consents).flatMap(([purpose, choice]) =>
    wanted.consentProof ? [{ purpose, ...choice }] : choice?.granted ? [{ purpose }] : [],
  );
  return {
    ...rest,
    phones: wanted.listOrder ? phones : byText(phones),
    addresses: wanted.listOrder ? addresses : byText(addresses),
    preferences,
    consents: byText(choices),
  };
}

/** An account without what does not count, for comparing. The time and the number of a basket's changes never count. */
export function view(world: World, wanted: View): unknown {
  const baskets = entitiesOf(world, 'basket').filter(
    ([, { deletedAt }]) => wanted.deletedBaskets || deletedAt === undefined,
  );
  const rest = (['vehicle', 'order', 'support_message'] as const).map((type) => entitiesOf(world, type));
  return sorted({
    profiles: entitiesOf(world, 'profile').map(([id, profile]) => [id, ofProfile(profile, wanted)]),
    baskets: byText(baskets.map(([id, basket]) => [id, ofBasket(basket, wanted)])),
    rest: byText(rest.flat()),
    notices: wanted.notices ? byText(entitiesOf(world, 'notice')) : [],
  });
}
