import type { Uuid } from '../../domain/ids.ts';
import type { ProfileAddress } from '../../domain/profile.ts';

type Use = ProfileAddress['use'];

/** The addresses with the default of a use moved to that one. */
export function withDefault(addresses: readonly ProfileAddress[], use: Use, id: Uuid): ProfileAddress[] {
  return addresses.map((address) =>
    address.use === use && address.isDefault !== (address.id === id)
      ? { ...address, isDefault: address.id === id }
      : address,
  );
}

/** As long as there is an address for a use, one is the default: the wished one, or the oldest. They stand in the order of their adding. */
export function ensureDefault(
  addresses: readonly ProfileAddress[],
  use: Use,
  wished?: Uuid,
): ProfileAddress[] {
  const ofUse = addresses.filter((address) => address.use === use);
  const [oldest] = ofUse;
  if (!oldest || ofUse.some(({ isDefault }) => isDefault)) return [...addresses];
  return withDefault(addresses, use, (ofUse.find(({ id }) => id === wished) ?? oldest).id);
}

export const defaultOf = (addresses: readonly ProfileAddress[], use: Use): ProfileAddress | undefined =>
  addresses.find((address) => address.use === use && address.isDefault);
