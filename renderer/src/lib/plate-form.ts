import { normalisePlate } from '#shared/domain/plate.ts';

/** French plates in their usual form, as the normaliser writes them. */
const FRENCH = /^(?:[A-Z]{2}-\d{3}-[A-Z]{2}|\d{1,4} [A-Z]{1,3} [0-9AB]{2,3})$/;

export function isFrenchPlate(plate: string): boolean {
  return FRENCH.test(plate);
}

/** A plate while it is typed: in capitals, and in its usual form as soon as it is a whole French one. */
export function shapePlate(typed: string): string {
  const plate = normalisePlate(typed);
  return plate !== undefined && isFrenchPlate(plate) ? plate : typed.toUpperCase();
}
