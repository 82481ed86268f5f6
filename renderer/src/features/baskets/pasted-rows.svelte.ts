import type { BasketPart, LastKnownPrice } from '#shared/domain/basket.ts';
import type { NewLine } from './basket-changes.ts';
import { parseQuantity, type QuantityProblem } from './quantity.ts';
import type { FoundLine } from './resolve-list.ts';

/** One line of a pasted list while its owner looks it over. */
export class PastedRow {
  readonly reference: string;
  readonly found: { part: BasketPart; price: LastKnownPrice } | undefined;
  quantity = $state('');
  brand = $state('');
  name = $state('');

  constructor({ pasted, found }: FoundLine) {
    this.reference = pasted.reference;
    this.found = found;
    this.quantity = pasted.quantity;
    this.brand = pasted.brand;
    this.name = pasted.name;
  }

  get problem(): QuantityProblem | undefined {
    const parsed = parseQuantity(this.quantity);
    return parsed.ok ? undefined : parsed.problem;
  }

  /** What would be added; undefined while something of it is missing. */
  get line(): NewLine | undefined {
    const parsed = parseQuantity(this.quantity);
    if (!parsed.ok) return undefined;
    if (this.found) return { ...this.found, quantity: parsed.value };
    const part = { reference: this.reference, brand: this.brand.trim(), name: this.name.trim() };
    const complete = Object.values(part).every((value) => value !== '');
    return complete ? { part, quantity: parsed.value } : undefined;
  }
}
