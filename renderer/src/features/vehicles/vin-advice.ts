import { vinWarning } from '#shared/domain/vin.ts';
import { m } from '#shared/i18n/generated/messages.js';
import type { Advice } from '#lib/advice.ts';

const LENGTH = 17;
/** Letters that a VIN never has (ISO 3779), and the digits that they are taken for. */
const LOOKALIKES: Readonly<Record<string, string>> = { I: '1', O: '0', Q: '0' };

/** A VIN while it is typed: capitals, without blanks and hyphens. */
export function shapeVin(typed: string): string {
  return typed.toUpperCase().replace(/[\s.\-_·‐‑–—]+/g, '');
}

/** What to say about a VIN: which sign cannot be right and what it may be, how many are missing, or that its check digit is odd. */
export function vinAdvice(typed: string): Advice {
  const vin = shapeVin(typed);
  const signs = [...vin];
  const odd = signs.findIndex((sign) => !/^[A-HJ-NPR-Z0-9]$/.test(sign));
  if (odd !== -1) {
    const sign = signs[odd] ?? '';
    const instead = LOOKALIKES[sign];
    const place = { sign, position: odd + 1 };
    return {
      tone: 'bad',
      text:
        instead === undefined ? m.vehicles_vin_sign(place) : m.vehicles_vin_lookalike({ ...place, instead }),
    };
  }
  if (signs.length < LENGTH) return { tone: 'quiet', text: m.vehicles_vin_so_far({ count: signs.length }) };
  if (signs.length > LENGTH) return { tone: 'bad', text: m.vehicles_vin_length({ count: signs.length }) };
  if (vinWarning(vin)) return { tone: 'warn', text: m.vehicles_vin_check_digit() };
  return { tone: 'quiet', text: m.vehicles_vin_fine() };
}

/** Why a VIN cannot be kept; a wrong check digit is no reason. */
export function vinProblem(typed: string): string | undefined {
  const count = [...shapeVin(typed)].length;
  const advice = vinAdvice(typed);
  if (advice.tone === 'bad') return advice.text;
  return count < LENGTH ? m.vehicles_vin_length({ count }) : undefined;
}
