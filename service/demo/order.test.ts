import { describe, expect, it } from 'vitest';
import type { Uuid } from '#shared/domain/ids.ts';
import type { Invoice } from '#shared/domain/invoice.ts';
import { vatOf } from '#shared/domain/money.ts';
import { currentStatus } from '#shared/domain/order-status.ts';
import { lineDeposit, lineExclVat, lineInclVat, type Order } from '#shared/domain/order.ts';
import { addDays } from '#shared/domain/time.ts';
import { billedItems } from '../invoices/billing.ts';
import { SHOP } from '../invoices/sellers.ts';
import { dateOf, parisDay } from './calendar.ts';
import { generateDemo } from './generate.ts';

const TODAY = '2026-11-22';
const END_OF_TODAY = '2026-11-22T23:00:00.000Z';

interface Case {
  order: Order;
  invoices: (Invoice & { id: Uuid })[];
}

const cases: Case[] = [];
for (const seed of ['demo', 'another', 'third'])
  for (const account of generateDemo({ seed, today: TODAY, garageOrders: 400 }))
    for (const entity of account.entities) {
      if (entity.type === 'order') cases.push({ order: entity.value, invoices: [] });
      if (entity.type === 'invoice') cases.at(-1)?.invoices.push({ ...entity.value, id: entity.id });
    }

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const rising = (values: readonly string[]): boolean =>
  values.every((value, i) => i === 0 || value >= (values[i - 1] ?? ''));
const dayOfInstant = (instant: string): string => dateOf(parisDay(Date.parse(instant)));

/** Says which order when an expectation fails. */
function each(check: (one: Case) => void): void {
  for (const one of cases)
    try {
      check(one);
    } catch (error) {
      throw new Error(`order ${one.order.number}`, { cause: error });
    }
}

describe('money of demo orders', () => {
  it('adds up to the cent from lines, deposits and shipping', () => {
    each(({ order }) => {
      const { lines, totals } = order;
      const shipping = totals.shippingExclVat + vatOf(totals.shippingExclVat, 2000);
      expect(totals.goodsExclVat).toBe(sum(lines.map(lineExclVat)));
      expect(totals.depositExclVat).toBe(sum(lines.map((line) => lineDeposit(line).exclVat)));
      const inclVat = sum(lines.map((line) => lineInclVat(line) + lineDeposit(line).inclVat)) + shipping;
      expect(totals.inclVat).toBe(inclVat);
      expect(totals.goodsExclVat + totals.depositExclVat + totals.shippingExclVat + totals.vat).toBe(inclVat);
    });
  });

  it('is the same on the invoices, whose rows add up too', () => {
    let whole = 0;
    each(({ order, invoices }) => {
      for (const invoice of invoices) {
        const rows = billedItems(order, invoice);
        expect(sum(rows.map((row) => row.exclVat))).toBe(invoice.exclVat);
        expect(sum(rows.map((row) => row.vat))).toBe(invoice.vat);
        expect(sum(invoice.vatTotals.map((total) => total.exclVat))).toBe(invoice.exclVat);
        expect(sum(invoice.vatTotals.map((total) => total.vat))).toBe(invoice.vat);
        expect(invoice.exclVat + invoice.vat).toBe(invoice.inclVat);
        expect(Math.sign(invoice.inclVat)).toBe(invoice.kind === 'invoice' ? 1 : -1);
      }
      if (!order.events.some((event) => event.status === 'shipped')) return;
      whole += 1;
      const billed = invoices.filter((invoice) => invoice.kind === 'invoice');
      expect(sum(billed.map((invoice) => invoice.inclVat))).toBe(order.totals.inclVat);
    });
    expect(whole).toBeGreaterThan(1000);
  });

  it('is paid once, in parts that add up, and paid back as the credit notes say', () => {
    each(({ order, invoices }) => {
      const done = order.payments.filter((payment) => payment.state === 'done');
      const paid = done.filter((payment) => payment.kind === 'payment');
      const refunded = sum(
        done.filter((payment) => payment.kind === 'refund').map((payment) => payment.amount),
      );
      const wasPaid = order.events.some((event) => event.status === 'paid');
      expect(paid.map((payment) => payment.amount)).toEqual(wasPaid ? [order.totals.inclVat] : []);
      for (const { instalments, amount, method, at } of paid) {
        if (!instalments) continue;
        expect(method).toBe('card');
        expect(sum(instalments.map((part) => part.amount))).toBe(amount);
        expect(instalments.map((part) => part.dueOn)).toEqual(
          instalments.map((_, i) => addDays(dayOfInstant(at), 30 * i)),
        );
        const [first = 0, ...rest] = instalments.map((part) => part.amount);
        expect(new Set(rest).size).toBe(1);
        expect(first - (rest[0] ?? 0)).toBeGreaterThanOrEqual(0);
        expect(first - (rest[0] ?? 0)).toBeLessThan(instalments.length);
      }
      const credits = invoices.filter((one) => one.kind === 'credit_note');
      const credited = sum(credits.map((one) => Math.abs(one.inclVat)));
      const cancelled = currentStatus(order.events).status === 'cancelled';
      expect(refunded).toBe(cancelled ? sum(paid.map((payment) => payment.amount)) : credited);
      expect(refunded).toBeLessThanOrEqual(order.totals.inclVat);
      if (currentStatus(order.events).status === 'refunded') expect(refunded).toBe(order.totals.inclVat);
    });
  });
});

describe('time in demo orders', () => {
  it('runs forwards and ends today', () => {
    each(({ order, invoices }) => {
      expect(order.placedOn).toBe(dayOfInstant(order.placedAt));
      expect(order.events[0].at).toBe(order.placedAt);
      expect(rising(order.events.map((event) => event.at))).toBe(true);
      expect(rising(order.payments.map((payment) => payment.at))).toBe(true);
      for (const { events } of order.shipments) expect(rising(events.map((event) => event.at))).toBe(true);
      const all = [
        order.events,
        order.payments,
        ...order.shipments.map((shipment) => shipment.events),
      ].flat();
      for (const { at } of all) expect(at >= order.placedAt && at < END_OF_TODAY).toBe(true);
      for (const { issuedOn, saleOn } of invoices) {
        expect(saleOn >= order.placedOn).toBe(true);
        expect(issuedOn >= saleOn && issuedOn <= TODAY).toBe(true);
      }
    });
  });

  it('lets the order arrive when its parcels have', () => {
    each(({ order }) => {
      const delivered = order.events.find((event) => event.status === 'delivered');
      const left = order.events.find((event) => event.status === 'shipped');
      if (left)
        for (const { events } of order.shipments)
          expect(events.some((one) => one.status === 'picked_up')).toBe(true);
      if (!delivered) return;
      const arrivals = order.shipments.map((one) => currentStatus(one.events));
      for (const arrival of arrivals) expect(arrival.status).toBe('delivered');
      expect(
        arrivals
          .map((arrival) => arrival.at)
          .sort()
          .at(-1),
      ).toBe(delivered.at);
      expect(delivered.at > (left?.at ?? END_OF_TODAY)).toBe(true);
    });
  });

  it('sets when an old core is due once the part has arrived', () => {
    let deposits = 0;
    each(({ order }) => {
      for (const line of order.lines) {
        if (!line.coreDeposit) continue;
        deposits += 1;
        expect(line.origin).toBe('exchange');
        const { dueOn, state } = line.coreDeposit;
        if (state === 'expired') expect(dueOn !== undefined && dueOn < TODAY).toBe(true);
        if (dueOn !== undefined) expect(dueOn > order.placedOn).toBe(true);
        if (dueOn === undefined) expect(['to_return', 'refunded']).toContain(state);
      }
    });
    expect(deposits).toBeGreaterThan(50);
  });
});

describe('documents of demo orders', () => {
  it('exist only for what was sent', () => {
    each(({ order, invoices }) => {
      const left = order.events.some(
        (event) => event.status === 'shipped' || event.status === 'partially_shipped',
      );
      expect(invoices.length > 0).toBe(left);
    });
  });

  it('are split by seller, and sometimes by parcel', () => {
    let byParcel = 0;
    let bySeller = 0;
    each(({ order, invoices }) => {
      const billed = invoices.filter((invoice) => invoice.kind === 'invoice');
      const sellers = new Set(billed.map((invoice) => invoice.seller));
      const lineSellers = new Set(order.lines.map((line) => line.seller ?? SHOP.name));
      for (const seller of sellers) expect(lineSellers).toContain(seller);
      if (sellers.size > 1) bySeller += 1;
      if (billed.length > sellers.size) byParcel += 1;
    });
    expect(bySeller).toBeGreaterThan(10);
    expect(byParcel).toBeGreaterThan(10);
  });

  it('have numbers of their own, that rise with the days and leave gaps for other customers', () => {
    for (const account of generateDemo({ seed: 'numbers', today: TODAY, garageOrders: 400 })) {
      const documents = [...account.entities].flatMap((entity) =>
        entity.type === 'invoice' ? [entity.value] : [],
      );
      expect(new Set(documents.map((one) => one.number)).size).toBe(documents.length);
      const shop = documents.filter((one) => one.seller === SHOP.name && one.kind === 'invoice');
      for (const { number, issuedOn } of shop)
        expect(number).toMatch(new RegExp(`^F-${issuedOn.slice(0, 4)}-\\d{6}$`));
      const byDay = [...shop].sort((a, b) => (a.number < b.number ? -1 : 1)).map((one) => one.issuedOn);
      expect(rising(byDay)).toBe(true);
    }
  });

  it('name what a credit note corrects, and never give back more than was billed', () => {
    let credits = 0;
    each(({ invoices }) => {
      for (const credit of invoices.filter((one) => one.kind === 'credit_note')) {
        credits += 1;
        const original = invoices.find((one) => one.id === credit.corrects);
        expect(original?.number).toBe(credit.correctsNumber);
        expect(original?.seller).toBe(credit.seller);
        expect(credit.issuedOn >= (original?.issuedOn ?? '9')).toBe(true);
        expect(-credit.inclVat).toBeLessThanOrEqual(original?.inclVat ?? 0);
      }
    });
    expect(credits).toBeGreaterThan(50);
  });
});
