import { z } from 'zod';
import { Company, TypedCompany } from '../../domain/company.ts';
import { lineOf, lineOrNothingOf } from '../../domain/text.ts';
import { fieldConflict, withField } from '../field.ts';
import { mutator, refuse } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from './edit.ts';

const setting = <F extends string, V extends z.ZodType>(field: F, value: V) =>
  z.strictObject({ field: z.literal(field), value });

/** A company is one field: its number and its VAT number only make sense together. */
export const setProfileField = mutator({
  name: 'profile.setField',
  args: z.discriminatedUnion('field', [
    setting('displayName', lineOf(120)),
    setting('firstName', lineOrNothingOf(80)),
    setting('lastName', lineOrNothingOf(80)),
    setting('language', z.enum(['fr', 'en'])),
    setting('company', TypedCompany.nullable()),
  ]),
  base: z.union([z.string().max(120), Company.nullable()]),
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ field }) => [field],
  seen: (read, { field }, context) => {
    const profile = profileOf(read, context);
    return profile && (profile[field] ?? null);
  },
  run: (read, { field, value }, context) =>
    editProfile(read, context, (profile) => {
      if (field === 'company' && profile.kind !== 'garage') return refuse('invalid', { field: 'field' });
      return fieldConflict(context, profile[field] ?? null, value) ?? withField(profile, field, value);
    }),
  inverse: (read, { field, value: base }, context) => {
    const profile = profileOf(read, context);
    return profile && { name: 'profile.setField', args: { field, value: profile[field] ?? null }, base };
  },
});
