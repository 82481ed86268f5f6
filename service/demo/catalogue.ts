import type { Cents, VatRate } from '#shared/domain/money.ts';
import type { OrderLine } from '#shared/domain/order.ts';
import { MARKETPLACE_SELLERS } from '#service/invoices/sellers.ts';
import { REFERENCE_STYLES } from './brands.ts';
import { PART_TEMPLATES, partTemplate, type PartTemplate } from './part-templates.ts';
import type { PolicyKey } from './policies.ts';
import { Prng } from './prng.ts';
import { VEHICLE_MODELS, type VehicleModel } from './vehicle-models.ts';

/** One article as the shop sells it: a kind of part, by one maker, for one engine. */
export interface Part {
  template: PartTemplate;
  reference: string;
  brand: string;
  name: string;
  /** In 2026, including VAT. */
  price: Cents;
  vatRate: VatRate;
  origin: OrderLine['origin'];
  deposit?: { amountExclVat: Cents; months: 1 | 3 | 12 };
  seller?: string;
  policy: PolicyKey;
}

const [RECYCLER, TYRES, REBUILDER, BODY] = MARKETPLACE_SELLERS.map((seller) => seller.name);
const MARKETPLACE: Readonly<
  Record<string, { seller: string | undefined; policy: PolicyKey; share: number }>
> = {
  Pneus: { seller: TYRES, policy: 'marketTyres', share: 0.45 },
  Carrosserie: { seller: BODY, policy: 'body', share: 0.3 },
  Éclairage: { seller: BODY, policy: 'body', share: 0.15 },
  'Démarrage et charge': { seller: REBUILDER, policy: 'rebuilt', share: 0.18 },
  'Injection et turbo': { seller: REBUILDER, policy: 'rebuilt', share: 0.15 },
};
const REUSABLE = new Set(['Carrosserie', 'Éclairage']);

/** Parts are made when first asked for; the same template, engine and maker always give the same part. */
export class Catalogue {
  readonly #seed: string;
  readonly #parts = new Map<string, Part>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** A part of that kind for that engine; `undefined` where the engine has none (no spark plugs in a diesel). */
  partFor(key: string, model: VehicleModel | undefined, rng: Prng): Part | undefined {
    const template = partTemplate(key);
    const brand = rng.int(0, template.brands.length - 1);
    if (template.universal !== undefined)
      return this.#part(template, rng.int(0, template.universal - 1), brand);
    if (!model || (template.fuel && template.fuel !== model.fuel)) return undefined;
    return this.#part(template, VEHICLE_MODELS.indexOf(model), brand);
  }

  /** Any part of the shop, all kinds alike. */
  anyPart(rng: Prng): Part {
    const template = rng.pick(PART_TEMPLATES);
    const fit =
      template.universal ??
      (template.fuel ? VEHICLE_MODELS.filter((model) => model.fuel === template.fuel) : VEHICLE_MODELS)
        .length;
    return this.#part(template, rng.int(0, fit - 1), rng.int(0, template.brands.length - 1));
  }

  #part(template: PartTemplate, fit: number, brandIndex: number): Part {
    const key = `${template.key}/${fit}/${brandIndex}`;
    let part = this.#parts.get(key);
    if (!part) {
      part = makePart(template, brandIndex, new Prng(`${this.#seed}/part/${key}`));
      this.#parts.set(key, part);
    }
    return part;
  }
}

function makePart(template: PartTemplate, brandIndex: number, rng: Prng): Part {
  const brand = template.brands[brandIndex] ?? rng.pick(template.brands);
  const [low, high] = template.price;
  // Cheap articles are commoner than dear ones, and prices end in 0 or 5 cents.
  const price = Math.round((low + (high - low) * rng.float() ** 1.4) / 10) * 10;
  const market = MARKETPLACE[template.category];
  const sold = market && rng.chance(market.share) ? market : undefined;
  const reused = !template.universal && REUSABLE.has(template.category) && rng.chance(0.12);
  const seller = reused ? RECYCLER : sold?.seller;
  const deposit = template.deposit && !reused ? template.deposit : undefined;
  const base: Part = {
    template,
    reference: referenceOf(brand, template.category, rng),
    brand,
    name: rng.fill(template.name) + (reused ? ', pièce de réemploi' : ''),
    price: reused ? Math.round(price * 0.045) * 10 : price,
    vatRate: template.vatRate ?? 2000,
    origin: reused ? 'reused' : deposit ? 'exchange' : 'new',
    policy: reused ? 'reused' : (sold?.policy ?? policyOf(template)),
  };
  if (seller !== undefined) base.seller = seller;
  if (deposit) {
    const amountExclVat = Math.round(rng.int(...deposit.amount) / 500) * 500;
    base.deposit = { amountExclVat, months: deposit.months };
  }
  return base;
}

function referenceOf(brand: string, category: string, rng: Prng): string {
  const styles = REFERENCE_STYLES[brand];
  const style = styles?.[category] ?? styles?.['*'];
  if (style === undefined) throw new RangeError(`no reference style for ${brand}`);
  return rng.fill(style).trim();
}

function policyOf(template: PartTemplate): PolicyKey {
  if (template.category === 'Pneus') return 'tyres';
  if (template.category === 'Batteries') return 'batteries';
  if (template.category === 'Outillage') return 'tools';
  if (template.category === 'Huiles et fluides' || template.category === 'Documentation technique')
    return 'consumables';
  return template.deposit ? 'exchange' : 'parts';
}
