import { z } from 'zod';
import { Address } from '../../domain/address.ts';
import { Uuid } from '../../domain/ids.ts';
import { fieldConflict } from '../field.ts';
import { mutator } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from '../profile/edit.ts';
import { ensureDefault } from './defaults.ts';

/** Without `nextDefault`, or when that one is gone, the oldest other of the use takes over as the default. */
export const removeAddress = mutator({
  name: 'address.remove',
  args: z.strictObject({ id: Uuid, nextDefault: Uuid.optional() }),
  base: Address,
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ id }) => [`address:${id}`],
  seen: (read, { id }, context) =>
    profileOf(read, context)?.addresses.find((address) => address.id === id)?.address,
  run: (read, { id, nextDefault }, context) =>
    editProfile(read, context, (profile) => {
      const before = profile.addresses.find((address) => address.id === id);
      if (!before) return profile;
      const others = profile.addresses.filter((address) => address.id !== id);
      return (
        fieldConflict(context, before.address, null) ?? {
          ...profile,
          addresses: ensureDefault(others, before.use, nextDefault),
        }
      );
    }),
  inverse: (read, { id }, context) => {
    const before = profileOf(read, context)?.addresses.find((address) => address.id === id);
    if (!before) return { name: 'noop', args: {} };
    const { use, address, isDefault } = before;
    return { name: 'address.add', args: { id, use, address, makeDefault: isDefault } };
  },
});
