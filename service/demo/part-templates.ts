import { BODY_PARTS } from './parts-body.ts';
import { CHASSIS_PARTS } from './parts-chassis.ts';
import { CONSUMABLES } from './parts-consumables.ts';
import { ENGINE_PARTS } from './parts-engine.ts';
import type { PartTemplate } from './part-template.ts';

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
