import { z } from 'zod';
import { parsePhone } from '../../domain/phone.ts';
import { lineOf } from '../../domain/text.ts';
import { PhoneKind, PhoneNumber } from '../../domain/profile.ts';

/** A number as people type it, French without a country code; a number that cannot exist is invalid. */
export const TypedPhoneNumber = lineOf(60).transform((typed, context) => {
  const number = PhoneNumber.safeParse(parsePhone(typed));
  if (number.success) return number.data;
  context.addIssue({ code: 'custom', message: 'form' });
  return z.NEVER;
});

/** What one sees of a phone number. */
export const SeenPhone = z.object({ kind: PhoneKind, number: PhoneNumber });
