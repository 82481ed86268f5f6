import { z } from 'zod';

/**
 * Characters that have no place in what people type: control characters, lone surrogates, and the marks that reverse the reading
 * direction of what stands around them (UAX #9 embeddings, overrides and isolates). Right-to-left letters and emoji are text like any other.
 */
const UNWANTED_IN_LINE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;
const UNWANTED_IN_NOTE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

/** Something that can be seen: not only joiners, selectors and blanks that look like nothing. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** One line of text that people typed, in Unicode's normal form C, without blanks around it. */
export const lineOf = (max: number) =>
  lineOrNothingOf(max).refine((text) => VISIBLE.test(text), { error: 'empty' });

/** As above, but it may be left empty. */
export const lineOrNothingOf = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .max(max)
    .refine((text) => !UNWANTED_IN_LINE.test(text), { error: 'characters' });

/** Text of several lines; line ends become \n. */
export const noteOf = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, '\n'))
    .normalize('NFC')
    .trim()
    .max(max)
    .refine((text) => VISIBLE.test(text), { error: 'empty' })
    .refine((text) => !UNWANTED_IN_NOTE.test(text), { error: 'characters' });
