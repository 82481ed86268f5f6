import type { Address } from '#shared/domain/address.ts';
import { frenchVatNumber } from '#shared/domain/company-numbers.ts';

/** What the law wants on an invoice about who issues it (art. 242 nonies A ann. II CGI; R123-237 code de commerce). */
export interface Seller {
  name: string;
  legalForm: string;
  /** Share capital in whole euros. */
  capital: number;
  siren: string;
  /** The town whose registry holds the company. */
  rcs: string;
  vatNumber: string;
  address: Address;
  email: string;
  /** Says whether the seller has chosen to owe VAT when it invoices rather than when it is paid. */
  vatOnDebits: boolean;
  /** The consumer mediator it belongs to (L612-1 code de la consommation). */
  mediator: string;
  /** How its invoice numbers begin. */
  series: string;
}

type Row = [
  name: string,
  legalForm: string,
  capital: number,
  siren: string,
  rcs: string,
  street: string,
  postalCode: string,
  city: string,
  email: string,
  series: string,
  vatOnDebits?: boolean,
];

const seller = ([
  name,
  legalForm,
  capital,
  siren,
  rcs,
  street,
  postalCode,
  city,
  email,
  series,
  onDebits,
]: Row): Seller => ({
  name,
  legalForm,
  capital,
  siren,
  rcs,
  vatNumber: frenchVatNumber(siren),
  address: { name, lines: [street], postalCode, city, country: 'FR' },
  email,
  vatOnDebits: onDebits ?? false,
  mediator:
    'Médiateur de la consommation (démonstration), 1 place de l’Exemple, 75000 Paris, mediation.example.org',
  series,
});

/** The shop itself. It and every company below are invented: this service stands in for a real shop. */
export const SHOP: Seller = seller([
  'Boutique Pièces Auto Démo',
  'SAS',
  250_000,
  '999999014',
  'Nanterre',
  '12 avenue de la Démonstration',
  '92000',
  'Nanterre',
  'factures@boutique.example.org',
  'F',
  true,
]);

export const MARKETPLACE_SELLERS: readonly Seller[] = [
  seller([
    'Recyclauto Fictive',
    'SARL',
    80_000,
    '999999022',
    'Lyon',
    '8 rue du Réemploi',
    '69007',
    'Lyon',
    'ventes@recyclauto.example.org',
    'RF',
  ]),
  seller([
    'Pneus Exemple Distribution',
    'SAS',
    120_000,
    '999999030',
    'Lille',
    '44 rue de la Gomme',
    '59000',
    'Lille',
    'contact@pneus.example.org',
    'PX',
    true,
  ]),
  seller([
    'Atelier Témoin Rénovation',
    'SASU',
    15_000,
    '999999048',
    'Nantes',
    '3 quai des Essais',
    '44000',
    'Nantes',
    'sav@atelier-temoin.example.org',
    'AT',
  ]),
  seller([
    'Optiques & Carrosserie Modèle',
    'SARL',
    40_000,
    '999999055',
    'Toulouse',
    '27 route du Spécimen',
    '31000',
    'Toulouse',
    'bonjour@optiques-modele.example.org',
    'OC',
  ]),
];

const byName = new Map([SHOP, ...MARKETPLACE_SELLERS].map((one) => [one.name, one]));

export function sellerNamed(name: string): Seller {
  const found = byName.get(name);
  if (!found) throw new RangeError('an invoice of a seller that is not in the table');
  return found;
}
