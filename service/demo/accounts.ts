import type { Address } from '#shared/domain/address.ts';
import { frenchVatNumber } from '#shared/domain/company-numbers.ts';
import type { AccountKind, ConsentPurpose, Phone, Profile } from '#shared/domain/profile.ts';
import { toInstant } from '#shared/domain/time.ts';
import type { Stage } from './plan.ts';
import type { Prng } from './prng.ts';

/** A recent order made for what it shows: at which step it stands today, and what is in it. */
export interface Showcase {
  stage: Stage;
  job: string;
  instalments?: 3 | 4;
}

export interface AccountModel {
  kind: AccountKind;
  email: string;
  orders: number;
  vehicles: number;
  /** For the private account: just these. */
  models?: readonly (readonly [model: string, engine: string])[];
  profile: Omit<Profile, 'addresses' | 'phones' | 'consents' | 'customerSince'>;
  phones: readonly Omit<Phone, 'id'>[];
  /** What was allowed or refused, and how many days after the account was made. */
  consents: readonly (readonly [purpose: ConsentPurpose, granted: boolean, days: number])[];
  home: Address;
  other: Address;
  otherShare: number;
  showcases: readonly Showcase[];
}

export const DEMO_PASSWORD = 'Demo-2026!';

// Telephone numbers are of the ranges that the French regulator keeps for fiction (ARCEP, decision 2018-0881).
export const ACCOUNT_MODELS: readonly AccountModel[] = [
  {
    kind: 'private',
    email: 'camille@example.org',
    orders: 40,
    vehicles: 2,
    models: [
      ['Clio IV', '1.5 dCi 90'],
      ['208', '1.2 PureTech 82'],
    ],
    profile: {
      kind: 'private',
      email: 'camille@example.org',
      displayName: 'Camille Laurent',
      firstName: 'Camille',
      lastName: 'Laurent',
      language: 'fr',
      preferences: {
        delivery_email: true,
        delivery_sms: true,
        invoice_email: false,
        deadline_reminders: true,
      },
    },
    phones: [
      { kind: 'mobile', number: '+33639980142' },
      { kind: 'home', number: '+33261910117' },
    ],
    consents: [
      ['offers_email', true, 0],
      ['offers_sms', false, 0],
      ['statistics', true, 212],
    ],
    home: address('Camille Laurent', ['18 rue des Lilas', 'Bâtiment B'], '44300', 'Nantes'),
    other: address(
      'Camille Laurent',
      ['Point relais Tabac de la Gare', '2 place de la Gare'],
      '44000',
      'Nantes',
    ),
    otherShare: 0.25,
    showcases: [
      { stage: 'delivered', job: 'alternator', instalments: 4 },
      { stage: 'partially_shipped', job: 'timing belt', instalments: 3 },
      { stage: 'out_for_delivery', job: 'front brakes' },
      { stage: 'preparing', job: 'wipers' },
      { stage: 'payment_pending', job: 'oil service' },
    ],
  },
  {
    kind: 'garage',
    email: 'garage@example.org',
    orders: 1200,
    vehicles: 35,
    profile: {
      kind: 'garage',
      email: 'garage@example.org',
      displayName: 'Garage Morel',
      firstName: 'Hélène',
      lastName: 'Morel',
      company: { name: 'Garage Morel SARL', siren: '999999063', vatNumber: frenchVatNumber('999999063') },
      language: 'fr',
      preferences: {
        delivery_email: true,
        delivery_sms: false,
        invoice_email: true,
        deadline_reminders: true,
      },
    },
    phones: [
      { kind: 'work', number: '+33465710163' },
      { kind: 'mobile', number: '+33639980187' },
    ],
    consents: [
      ['offers_email', false, 0],
      ['partners', false, 0],
      ['statistics', true, 0],
    ],
    home: address('Garage Morel SARL', ['27 rue des Artisans', 'ZA des Brosses'], '69100', 'Villeurbanne'),
    other: address('Garage Morel SARL – Atelier carrosserie', ['5 chemin du Gué'], '69680', 'Chassieu'),
    otherShare: 0.06,
    showcases: [
      { stage: 'returned_to_sender', job: 'mirror' },
      { stage: 'failed_attempt', job: 'front axle' },
      { stage: 'partially_shipped', job: 'timing belt' },
      { stage: 'out_for_delivery', job: 'front brakes' },
      { stage: 'in_transit', job: 'clutch' },
      { stage: 'picked_up', job: 'alternator' },
      { stage: 'label_created', job: 'cooling' },
      { stage: 'preparing', job: 'rear brakes' },
      { stage: 'paid', job: 'fluids stock' },
      { stage: 'payment_pending', job: 'clutch and flywheel' },
      { stage: 'placed', job: 'oil service' },
    ],
  },
];

function address(name: string, lines: string[], postalCode: string, city: string): Address {
  return { name, lines, postalCode, city, country: 'FR' };
}

const DAY_MS = 86_400_000;

export function profileOf(model: AccountModel, since: number, rng: Prng, phoneRng: Prng): Profile {
  return {
    ...model.profile,
    phones: model.phones.map((phone) => ({ id: phoneRng.idAt(since), ...phone })),
    consents: Object.fromEntries(
      model.consents.map(([purpose, granted, days]) => [
        purpose,
        { granted, at: toInstant(since + days * DAY_MS) },
      ]),
    ),
    addresses: [
      { id: rng.idAt(since), use: 'billing', isDefault: true, address: model.home },
      { id: rng.idAt(since), use: 'delivery', isDefault: true, address: model.home },
      { id: rng.idAt(since), use: 'delivery', isDefault: false, address: model.other },
    ],
    customerSince: toInstant(since),
  };
}
