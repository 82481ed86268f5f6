import { z } from 'zod';
import { Address } from '../../domain/address.ts';
import { Uuid } from '../../domain/ids.ts';
import { fieldConflict } from '../field.ts';
import { mutator, refuse } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from '../profile/edit.ts';
import { TypedAddress } from './typed.ts';

export const changeAddress = mutator({
  name: 'address.change',
  args: z.strictObject({ id: Uuid, address: TypedAddress }),
  base: Address,
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ id }) => [`address:${id}`],
  seen: (read, { id }, context) =>
    profileOf(read, context)?.addresses.find((address) => address.id === id)?.address,
  run: (read, { id, address }, context) =>
    editProfile(read, context, (profile) => {
      const index = profile.addresses.findIndex((other) => other.id === id);
      const before = profile.addresses[index];
      if (!before) return refuse('not_found');
      return (
        fieldConflict(context, before.address, address) ?? {
          ...profile,
          addresses: profile.addresses.with(index, { ...before, address }),
        }
      );
    }),
  inverse: (read, { id, address: base }, context) => {
    const before = profileOf(read, context)?.addresses.find((address) => address.id === id);
    return before && { name: 'address.change', args: { id, address: before.address }, base };
  },
});
