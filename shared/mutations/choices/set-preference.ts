import { z } from 'zod';
import { PreferenceName } from '../../domain/profile.ts';
import { fieldConflict, withField } from '../field.ts';
import { mutator } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from '../profile/edit.ts';

/** Null leaves the choice to the shop again. */
export const setPreference = mutator({
  name: 'preference.set',
  args: z.strictObject({ name: PreferenceName, value: z.boolean().nullable() }),
  base: z.boolean().nullable(),
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ name }) => [`preference:${name}`],
  seen: (read, { name }, context) => {
    const profile = profileOf(read, context);
    return profile && (profile.preferences?.[name] ?? null);
  },
  run: (read, { name, value }, context) =>
    editProfile(read, context, (profile) => {
      const { preferences = {} } = profile;
      return (
        fieldConflict(context, preferences[name] ?? null, value) ?? {
          ...profile,
          preferences: withField(preferences, name, value),
        }
      );
    }),
  inverse: (read, { name, value: base }, context) => {
    const profile = profileOf(read, context);
    return (
      profile && { name: 'preference.set', args: { name, value: profile.preferences?.[name] ?? null }, base }
    );
  },
});
