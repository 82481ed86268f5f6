import type { Uuid } from '#shared/domain/ids.ts';
import type { Policy } from '#shared/domain/policy.ts';
import { MARKETPLACE_SELLERS, SHOP } from '../invoices/sellers.ts';
import type { Prng } from './prng.ts';

export type PolicyKey =
  | 'parts'
  | 'exchange'
  | 'tyres'
  | 'marketTyres'
  | 'batteries'
  | 'tools'
  | 'consumables'
  | 'reused'
  | 'rebuilt'
  | 'body';

const [RECYCLER, TYRES, REBUILDER, BODY] = MARKETPLACE_SELLERS.map((seller) => seller.name) as [
  string,
  string,
  string,
  string,
];
const UNUSED = 'Pièce neuve, non montée, dans son emballage d’origine complet.';

const policy = (
  name: string,
  seller: string,
  returnDays: number,
  warrantyMonths: number,
  conditions: string,
  returnBasis: Policy['returnBasis'] = 'delivery',
): Policy => ({ name, seller, returnDays, returnBasis, warrantyMonths, conditions });

/** The terms of the shop and of the marketplace's sellers in the demo. */
export const POLICIES: Readonly<Record<PolicyKey, Policy>> = {
  parts: policy('Pièces neuves', SHOP.name, 30, 24, UNUSED),
  exchange: policy(
    'Pièces en échange standard',
    SHOP.name,
    30,
    24,
    `${UNUSED} La vieille pièce doit être complète, non démontée, sans casse et vidée de ses fluides.`,
  ),
  tyres: policy('Pneus', SHOP.name, 14, 24, 'Pneu non monté, étiquettes en place.'),
  marketTyres: policy('Pneus (vendeur partenaire)', TYRES, 14, 24, 'Pneu non monté, étiquettes en place.'),
  batteries: policy('Batteries', SHOP.name, 30, 24, 'Batterie non utilisée, bornes protégées.', 'invoice'),
  tools: policy('Outillage', SHOP.name, 30, 36, 'Outil non utilisé, coffret complet.'),
  consumables: policy('Huiles, fluides et livres', SHOP.name, 30, 0, 'Emballage non ouvert.'),
  reused: policy(
    'Pièces de réemploi',
    RECYCLER,
    14,
    6,
    'Pièce issue d’un véhicule hors d’usage, contrôlée ; retour en l’état de réception.',
  ),
  rebuilt: policy('Pièces rénovées', REBUILDER, 30, 24, `${UNUSED} Consigne remboursée après expertise.`),
  body: policy(
    'Optiques et carrosserie',
    BODY,
    30,
    12,
    `${UNUSED} Pas de retour après peinture.`,
    'purchase',
  ),
};

export type PolicyIds = Readonly<Record<PolicyKey, Uuid>>;

export function policyIds(rng: Prng, at: number): PolicyIds {
  const keys = Object.keys(POLICIES) as PolicyKey[];
  return Object.fromEntries(keys.map((key) => [key, rng.idAt(at)])) as Record<PolicyKey, Uuid>;
}
