import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { fieldConflict } from '../field.ts';
import { mutator } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from '../profile/edit.ts';
import { SeenPhone } from './typed.ts';

export const removePhone = mutator({
  name: 'phone.remove',
  args: z.strictObject({ id: Uuid }),
  base: SeenPhone,
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ id }) => [`phone:${id}`],
  seen: (read, { id }, context) => {
    const phone = profileOf(read, context)?.phones?.find((other) => other.id === id);
    return phone && { kind: phone.kind, number: phone.number };
  },
  run: (read, { id }, context) =>
    editProfile(read, context, (profile) => {
      const before = profile.phones?.find((phone) => phone.id === id);
      if (!before) return profile;
      const present = { kind: before.kind, number: before.number };
      return (
        fieldConflict(context, present, null) ?? {
          ...profile,
          phones: profile.phones?.filter((phone) => phone.id !== id) ?? [],
        }
      );
    }),
  inverse: (read, { id }, context) => {
    const before = profileOf(read, context)?.phones?.find((phone) => phone.id === id);
    return before ? { name: 'phone.add', args: before } : { name: 'noop', args: {} };
  },
});
