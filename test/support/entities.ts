import { SHOP } from '#service/invoices/sellers.ts';
import type { Invoice } from '#shared/domain/invoice.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';

/** The smallest values that the schemas accept; a test says what matters to it. */
export const aProfile = (over: Partial<Profile> = {}): Profile => ({
  kind: 'private',
  email: 'camille@example.org',
  displayName: 'Camille Martin',
  firstName: 'Camille',
  lastName: 'Martin',
  addresses: [],
  language: 'fr',
  customerSince: '2024-01-15T09:00:00.000Z',
  ...over,
});

export const aVehicle = (over: Partial<Vehicle> = {}): Vehicle => ({
  plate: 'AB-123-CD',
  make: 'Renault',
  model: 'Clio IV',
  mileages: [],
  ...over,
});

export const anOrder = (over: Partial<Order> = {}): Order => ({
  number: 'C0000001',
  placedAt: '2026-03-02T10:00:00.000Z',
  placedOn: '2026-03-02',
  currency: 'EUR',
  lines: [
    {
      id: '0192b1c4-7d3e-7a55-8c1d-000000000001',
      reference: '0 986 494 660',
      brand: 'Bosch',
      name: 'Plaquettes de frein',
      category: 'Freinage',
      quantity: 1,
      unitPriceExclVat: 2500,
      vatRate: 2000,
      origin: 'new',
      policyId: '0192b1c4-7d3e-7a55-8c1d-000000000002',
    },
  ],
  shipments: [],
  events: [{ status: 'placed', at: '2026-03-02T10:00:00.000Z' }],
  payments: [],
  totals: { goodsExclVat: 2500, depositExclVat: 0, shippingExclVat: 0, vat: 500, inclVat: 3000 },
  deliveryAddress: {
    name: 'Camille Martin',
    lines: ['3 rue des Lilas'],
    postalCode: '75020',
    city: 'Paris',
    country: 'FR',
  },
  ...over,
});

export const anInvoice = (orderId: string, over: Partial<Invoice> = {}): Invoice => ({
  number: 'F2026-000001',
  kind: 'invoice',
  orderId,
  orderNumber: 'C0000001',
  issuedOn: '2026-03-02',
  saleOn: '2026-03-02',
  currency: 'EUR',
  seller: SHOP.name,
  vatTotals: [{ vatRate: 2000, exclVat: 2500, vat: 500 }],
  exclVat: 2500,
  vat: 500,
  inclVat: 3000,
  ...over,
});
