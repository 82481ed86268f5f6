import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { AddressUse, MOST_ADDRESSES } from '../../domain/profile.ts';
import { mutator, refuse } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from '../profile/edit.ts';
import { defaultOf, ensureDefault, withDefault } from './defaults.ts';
import { TypedAddress } from './typed.ts';

/** The first address of a use becomes its default by itself. */
export const addAddress = mutator({
  name: 'address.add',
  args: z.strictObject({
    id: Uuid,
    use: AddressUse,
    address: TypedAddress,
    makeDefault: z.boolean().optional(),
  }),
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ id }) => [`address:${id}`],
  run: (read, { id, use, address, makeDefault = false }, context) =>
    editProfile(read, context, (profile) => {
      if (profile.addresses.some((other) => other.id === id)) return refuse('duplicate');
      if (profile.addresses.length >= MOST_ADDRESSES) return refuse('too_many');
      const all = [...profile.addresses, { id, use, isDefault: false, address }];
      const addresses = makeDefault ? withDefault(all, use, id) : ensureDefault(all, use);
      return { ...profile, addresses };
    }),
  inverse: (read, { id, use, address: base }, context) => {
    const before = defaultOf(profileOf(read, context)?.addresses ?? [], use);
    return { name: 'address.remove', args: { id, ...(before ? { nextDefault: before.id } : {}) }, base };
  },
});
