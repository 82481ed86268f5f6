import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { PhoneKind } from '../../domain/profile.ts';
import { fieldConflict } from '../field.ts';
import { mutator, refuse } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from '../profile/edit.ts';
import { SeenPhone, TypedPhoneNumber } from './typed.ts';

export const changePhone = mutator({
  name: 'phone.change',
  args: z.strictObject({ id: Uuid, kind: PhoneKind, number: TypedPhoneNumber }),
  base: SeenPhone,
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ id }) => [`phone:${id}`],
  seen: (read, { id }, context) => {
    const phone = profileOf(read, context)?.phones?.find((other) => other.id === id);
    return phone && { kind: phone.kind, number: phone.number };
  },
  run: (read, { id, kind, number }, context) =>
    editProfile(read, context, (profile) => {
      const phones = profile.phones ?? [];
      const index = phones.findIndex((phone) => phone.id === id);
      const before = phones[index];
      if (!before) return refuse('not_found');
      const present = { kind: before.kind, number: before.number };
      return (
        fieldConflict(context, present, { kind, number }) ?? {
          ...profile,
          phones: phones.with(index, { id, kind, number }),
        }
      );
    }),
  inverse: (read, { id, ...base }, context) => {
    const before = profileOf(read, context)?.phones?.find((phone) => phone.id === id);
    return before && { name: 'phone.change', args: before, base };
  },
});
