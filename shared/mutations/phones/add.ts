import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { MOST_PHONES, PhoneKind } from '../../domain/profile.ts';
import { mutator, refuse } from '../mutator.ts';
import { editProfile, profileRef } from '../profile/edit.ts';
import { TypedPhoneNumber } from './typed.ts';

export const addPhone = mutator({
  name: 'phone.add',
  args: z.strictObject({ id: Uuid, kind: PhoneKind, number: TypedPhoneNumber }),
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ id }) => [`phone:${id}`],
  run: (read, phone, context) =>
    editProfile(read, context, (profile) => {
      const phones = profile.phones ?? [];
      if (phones.some(({ id }) => id === phone.id)) return refuse('duplicate');
      if (phones.length >= MOST_PHONES) return refuse('too_many');
      return { ...profile, phones: [...phones, phone] };
    }),
  inverse: (_read, { id, ...base }) => ({ name: 'phone.remove', args: { id }, base }),
});
