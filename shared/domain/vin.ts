const VIN = /^[A-HJ-NPR-Z0-9]{17}$/;
/** Values of the letters, and weights of the places, for the check digit (49 CFR 565.15, GB 16735). */
const LETTERS: Readonly<Record<string, number>> = {
  A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8, J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9, S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9,
}; // prettier-ignore
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
/** Makers of North America (1 to 5) and China (L) must have one; elsewhere the ninth character means what the maker likes. */
const HAS_CHECK_DIGIT = /^[1-5L]/;

/** A vehicle's identification number (ISO 3779) in capitals without separators; undefined when it is not 17 signs without I, O and Q. */
export function normaliseVin(typed: string): string | undefined {
  const vin = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\-_·‐‑–—]+/g, '');
  return VIN.test(vin) ? vin : undefined;
}

/** What is odd about a number that is well formed: a hint to look again, never a reason to refuse it. */
export function vinWarning(vin: string): 'check_digit' | undefined {
  if (!VIN.test(vin) || !HAS_CHECK_DIGIT.test(vin)) return undefined;
  const sum = WEIGHTS.reduce((total, weight, place) => {
    const sign = vin.charAt(place);
    return total + weight * (LETTERS[sign] ?? Number(sign));
  }, 0);
  const expected = sum % 11 === 10 ? 'X' : String(sum % 11);
  return vin.charAt(8) === expected ? undefined : 'check_digit';
}
