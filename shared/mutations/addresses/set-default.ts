import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import type { Profile } from '../../domain/profile.ts';
import { fieldConflict } from '../field.ts';
import { mutator, refuse } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from '../profile/edit.ts';
import { defaultOf, withDefault } from './defaults.ts';

/** The default among the addresses of the same use as this one. */
function presentDefault(profile: Profile | undefined, id: Uuid): Uuid | null | undefined {
  const address = profile?.addresses.find((other) => other.id === id);
  return profile && address && (defaultOf(profile.addresses, address.use)?.id ?? null);
}

export const setDefaultAddress = mutator({
  name: 'address.setDefault',
  args: z.strictObject({ id: Uuid }),
  base: Uuid.nullable(),
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ id }) => [`address:${id}`],
  seen: (read, { id }, context) => presentDefault(profileOf(read, context), id),
  run: (read, { id }, context) =>
    editProfile(read, context, (profile) => {
      const address = profile.addresses.find((other) => other.id === id);
      if (!address) return refuse('not_found');
      return (
        fieldConflict(context, presentDefault(profile, id), id) ?? {
          ...profile,
          addresses: withDefault(profile.addresses, address.use, id),
        }
      );
    }),
  inverse: (read, { id }, context) => {
    const before = presentDefault(profileOf(read, context), id);
    return before ? { name: 'address.setDefault', args: { id: before }, base: id } : undefined;
  },
});
