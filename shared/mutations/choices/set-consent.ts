import { z } from 'zod';
import { ConsentPurpose } from '../../domain/profile.ts';
import { fieldConflict } from '../field.ts';
import { mutator } from '../mutator.ts';
import { editProfile, profileOf, profileRef } from '../profile/edit.ts';

/** The moment is kept with the choice, as its proof (RGPD art. 7); choosing the same again keeps the first moment. */
export const setConsent = mutator({
  name: 'consent.set',
  args: z.strictObject({ purpose: ConsentPurpose, granted: z.boolean() }),
  base: z.boolean().nullable(),
  reads: (_args, context) => [profileRef(context)],
  subject: (_args, context) => profileRef(context),
  marks: ({ purpose }) => [`consent:${purpose}`],
  seen: (read, { purpose }, context) => {
    const profile = profileOf(read, context);
    return profile && (profile.consents?.[purpose]?.granted ?? null);
  },
  run: (read, { purpose, granted }, context) =>
    editProfile(read, context, (profile) => {
      const { consents = {} } = profile;
      const present = consents[purpose]?.granted ?? null;
      const conflict = fieldConflict(context, present, granted);
      if (conflict) return conflict;
      if (present === granted) return profile;
      return { ...profile, consents: { ...consents, [purpose]: { granted, at: context.at } } };
    }),
  /** What was never asked is not allowed: taking back the first yes is a no. */
  inverse: (read, { purpose, granted: base }, context) => {
    const profile = profileOf(read, context);
    const granted = profile?.consents?.[purpose]?.granted ?? false;
    return profile && { name: 'consent.set', args: { purpose, granted }, base };
  },
});
