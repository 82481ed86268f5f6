import type { Cents, VatRate } from '#shared/domain/money.ts';
import type { OrderLine } from '#shared/domain/order.ts';
import { MARKETPLACE_SELLERS } from '../invoices/sellers.ts';
import { REFERENCE_STYLES } from './brands.ts';
import { PART_TEMPLATES, partTemplate } from './part-templates.ts';
import type { PolicyKey } from './policies.ts';
import { Prng } from './prng.ts';
import type { PartTemplate } from './part-template.ts';
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

/** More than the demo has vehicles for; it decides how many distinct parts a busy garage meets. */
const ENGINES_ON_THE_ROAD = 70;

/** All parts of the shop, made at once so that no two articles of a maker share a reference, whoever asks first. */
export class Catalogue {
  readonly #parts = new Map<string, Part>();
  readonly #byReference = new Map<string, Part>();
  readonly #shelves: readonly Part[];

  constructor(seed: string) {
    for (const template of PART_TEMPLATES)
      for (let fit = 0; fit < (template.universal ?? ENGINES_ON_THE_ROAD); fit += 1)
        for (const brand of template.brands.keys()) this.#add(template, fit, brand, seed);
    this.#shelves = [...this.#byReference.values()].filter(
      (part) => part.seller === undefined && !part.deposit,
    );
  }

  /** Each once. */
  get parts(): Iterable<Part> {
    return this.#byReference.values();
  }

  /** A part of that kind for that engine; `undefined` where the engine has none (no spark plugs in a diesel). */
  partFor(key: string, model: VehicleModel | undefined, rng: Prng): Part | undefined {
    const template = partTemplate(key);
    const brand = rng.int(0, template.brands.length - 1);
    if (template.universal !== undefined)
      return this.#parts.get(`${key}/${rng.int(0, template.universal - 1)}/${brand}`);
    if (!model || (template.fuel && template.fuel !== model.fuel)) return undefined;
    return this.#parts.get(`${key}/${VEHICLE_MODELS.indexOf(model)}/${brand}`);
  }

  /** Any part that the shop itself keeps on its shelves, each as likely, also for engines of passing customers. */
  anyPart(rng: Prng): Part {
    return rng.pick(this.#shelves);
  }

  #add(template: PartTemplate, fit: number, brand: number, seed: string): void {
    const key = `${template.key}/${fit}/${brand}`;
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const part = makePart(template, fit, brand, new Prng(`${seed}/part/${key}/${attempt}`));
      const reference = `${part.brand} ${part.reference}`;
      const known = this.#byReference.get(reference);
      // The same reference for the same kind of part is one article that fits two engines.
      if (known && known.template !== template) continue;
      this.#parts.set(key, known ?? part);
      if (!known) this.#byReference.set(reference, part);
      return;
    }
    throw new RangeError(`the reference style of ${template.key} leaves no free reference`);
  }
}

function makePart(template: PartTemplate, fit: number, brandIndex: number, rng: Prng): Part {
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
    reference: referenceOf(brand, template, rng),
    brand,
    name: nameOf(template, brand, fit, rng) + (reused ? ', pièce de réemploi' : ''),
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

function nameOf(template: PartTemplate, brand: string, fit: number, rng: Prng): string {
  const model = VEHICLE_MODELS[fit % VEHICLE_MODELS.length];
  const name = template.name
    .replace('%line%', template.lines?.[brand] ?? '')
    .replace('%tyres%', model?.tyres ?? '');
  return rng.fill(name);
}

function referenceOf(brand: string, template: PartTemplate, rng: Prng): string {
  const styles = REFERENCE_STYLES[brand];
  const style = styles?.[template.key] ?? styles?.[template.category] ?? styles?.['*'];
  if (style === undefined) throw new RangeError(`no reference style for ${brand}`);
  return rng.fill(style);
}

function policyOf(template: PartTemplate): PolicyKey {
  if (template.category === 'Pneus') return 'tyres';
  if (template.category === 'Batteries') return 'batteries';
  if (template.category === 'Outillage') return 'tools';
  if (template.category === 'Huiles et fluides' || template.category === 'Documentation technique')
    return 'consumables';
  return template.deposit ? 'exchange' : 'parts';
}
