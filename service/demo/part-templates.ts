import { BODY_PARTS } from './parts-body.ts';
import { CHASSIS_PARTS } from './parts-chassis.ts';
import { CONSUMABLES } from './parts-consumables.ts';
import { ENGINE_PARTS } from './parts-engine.ts';

/** A kind of part; a maker and an engine make a part of it. */
export interface PartTemplate {
  /** How the job baskets name it. */
  key: string;
  category: string;
  /** With `{a|b}` for what differs from engine to engine (see Prng.fill), `%line%` and `%tyres%`. */
  name: string;
  brands: readonly string[];
  /** Lowest and highest usual price including VAT, in cents. */
  price: readonly [number, number];
  /** Deposit on the old core, excluding VAT, in cents, and the months to send it back: sold in exchange. */
  deposit?: { amount: readonly [number, number]; months: 1 | 3 | 12 };
  fuel?: 'diesel' | 'petrol';
  /** Not made for one engine, but there are that many variants of it. */
  universal?: number;
  /** How many one usually buys; one when absent. */
  quantity?: readonly [number, number];
  /** What each maker calls its product line, for `%line%` in the name. */
  lines?: Readonly<Record<string, string>>;
  /** In basis points; 20 % when absent. */
  vatRate?: number;
}

export const PART_TEMPLATES: readonly PartTemplate[] = [
  ...ENGINE_PARTS,
  ...CHASSIS_PARTS,
  ...BODY_PARTS,
  ...CONSUMABLES,
];

const byKey = new Map(PART_TEMPLATES.map((template) => [template.key, template]));

export function partTemplate(key: string): PartTemplate {
  const template = byKey.get(key);
  if (!template) throw new RangeError(`no part template "${key}"`);
  return template;
}
