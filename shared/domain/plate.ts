/** What a French plate is written with between its parts, or nothing at all. */
const BETWEEN = /[\s.\-_·‐‑–—]+/g;
/** Since 2009 (SIV): without I, O and U, which look like other signs. Arrêté du 9 février 2009, annexe 1. */
const SIV = /^([A-HJ-NP-TV-Z]{2})(\d{3})([A-HJ-NP-TV-Z]{2})$/;
/** Before (FNI): a number, letters, and the department; Corsica has 2A and 2B, overseas departments have three digits. */
const FNI = /^([1-9]\d{0,3})([A-Z]{1,3})(0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[4-8])$/;

export const LONGEST_PLATE = 16;

/**
 * A plate in its usual form, however it was typed: "ab123cd" is AB-123-CD, "1234ab56" is 1234 AB 56; others keep their blanks and signs
 * and become upper case. Undefined for what cannot be a plate: no letter and no digit, or longer than 16 characters.
 */
export function normalisePlate(typed: string): string | undefined {
  // Twice: the upper case of some letters is several signs, which come together again ("ῒ").
  const upper = typed.normalize('NFKC').toUpperCase().normalize('NFKC').trim().replace(/\s+/g, ' ');
  const compact = upper.replace(BETWEEN, '');
  const siv = SIV.exec(compact);
  if (siv) return siv.slice(1).join('-');
  const fni = FNI.exec(compact);
  if (fni) return fni.slice(1).join(' ');
  return /[\p{L}\p{N}]/u.test(upper) && upper.length <= LONGEST_PLATE ? upper : undefined;
}
