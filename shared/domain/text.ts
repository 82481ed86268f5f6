import { z } from 'zod';

/**
 * Characters that have no place in what people type: control characters, lone surrogates, and the marks that reverse the reading
 * direction of what stands around them (UAX #9 embeddings, overrides and isolates). Right-to-left letters and emoji are text like any other.
 */
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const UNWANTED_IN_LINE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;
// eslint-disable-next-line no-control-regex -- as above, but for tab and line feed
const UNWANTED_IN_NOTE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

/** One line of text that people typed, in Unicode's normal form C, without blanks around it. */
export const lineOf = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !UNWANTED_IN_LINE.test(text), { error: 'characters' });

/** Text of several lines; line ends are \n. */
export const noteOf = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !UNWANTED_IN_NOTE.test(text), { error: 'characters' });
