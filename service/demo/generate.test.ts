import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { entitySchemas } from '#shared/domain/entities.ts';
import { ShipmentStatus, currentStatus, OrderStatus } from '#shared/domain/order-status.ts';
import type { Order } from '#shared/domain/order.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { Catalogue } from './catalogue.ts';
import { generateDemo, type DemoAccount, type DemoEntity } from './generate.ts';

const TODAY = '2026-11-22';
const accounts = [...generateDemo({ seed: 'demo', today: TODAY })];
const entities = new Map(accounts.map((account) => [account.email, [...account.entities]]));
const of = (email: string): DemoEntity[] => entities.get(email) ?? [];
const ordersOf = (email: string): Order[] =>
  of(email).flatMap((entity) => (entity.type === 'order' ? [entity.value] : []));
const [camille, garage] = ['camille@example.org', 'garage@example.org'] as const;

function digest(all: Iterable<DemoAccount>): string {
  const hash = createHash('sha256');
  for (const account of all) {
    hash.update(account.id);
    for (const entity of account.entities) hash.update(JSON.stringify(entity));
  }
  return hash.digest('hex');
}

describe('the demo accounts', () => {
  it('are the same for the same seed and day, and others for another seed', () => {
    const demo = digest(generateDemo({ seed: 'demo', today: TODAY, garageOrders: 60 }));
    expect(digest(generateDemo({ seed: 'demo', today: TODAY, garageOrders: 60 }))).toBe(demo);
    expect(digest(generateDemo({ seed: 'other', today: TODAY, garageOrders: 60 }))).not.toBe(demo);
  });

  it('can be read again from their start', () => {
    const account = accounts[0];
    expect(account && [...account.entities]).toEqual(of(camille));
  });

  it('keep their ids from day to day', () => {
    const later = [...generateDemo({ seed: 'demo', today: '2027-05-02', garageOrders: 1 })];
    expect(later.map((account) => account.id)).toEqual(accounts.map((account) => account.id));
    expect(new Set(accounts.map((account) => account.id)).size).toBe(2);
  });

  it('have the sizes they are meant to have', () => {
    const count = (email: string, type: string): number =>
      of(email).filter((entity) => entity.type === type).length;
    expect(count(camille, 'order')).toBe(40);
    expect(count(camille, 'vehicle')).toBe(2);
    expect(count(garage, 'order')).toBe(1200);
    expect(count(garage, 'vehicle')).toBe(35);
    expect(count(garage, 'profile')).toBe(1);
    expect(count(camille, 'basket')).toBe(3);
    expect(count(garage, 'basket')).toBe(8);
  });

  it.each([camille, garage])('give %s baskets to work with', (email) => {
    const baskets = of(email).flatMap((entity) => (entity.type === 'basket' ? [entity.value] : []));
    expect(baskets.some((basket) => basket.isTemplate)).toBe(true);
    expect(baskets.some((basket) => !basket.isTemplate && basket.vehicleId && basket.notes)).toBe(true);
    for (const basket of baskets) {
      expect(basket.name).not.toContain('%');
      expect(basket.lines.length).toBeGreaterThan(0);
      expect(basket.changedAt >= basket.createdAt && basket.changedAt.slice(0, 10) <= TODAY).toBe(true);
      expect(new Set(basket.lines.map((line) => line.id)).size).toBe(basket.lines.length);
      for (const { price } of basket.lines) if (price) expect(price.at).toBe(basket.createdAt);
    }
    const prices = baskets.flatMap((basket) => basket.lines.map((line) => line.price));
    expect(prices.filter(Boolean).length / prices.length).toBeGreaterThan(0.9);
  });

  it('have notes on a few orders', () => {
    for (const email of [camille, garage]) {
      const noted = ordersOf(email).filter((order) => order.note !== undefined);
      expect(noted.length).toBeGreaterThan(0);
      expect(noted.length).toBeLessThan(ordersOf(email).length / 4);
    }
  });

  it('hold nothing that the contract does not know, and no id twice', () => {
    const ids = new Set<string>();
    for (const [email, list] of entities)
      for (const { type, id, value } of list) {
        expect(entitySchemas[type].parse(value), `${email} ${type} ${id}`).toEqual(value);
        expect(ids.has(id)).toBe(false);
        ids.add(id);
      }
  });

  it('refer to things that exist', () => {
    for (const list of entities.values()) {
      const known = new Map(list.map((entity) => [entity.id, entity.type]));
      for (const entity of list) {
        if (entity.type === 'invoice') {
          expect(known.get(entity.value.orderId)).toBe('order');
          if (entity.value.corrects !== undefined) expect(known.get(entity.value.corrects)).toBe('invoice');
        }
        if (entity.type === 'basket')
          for (const { vehicleId } of [entity.value, ...entity.value.lines])
            if (vehicleId !== undefined) expect(known.get(vehicleId)).toBe('vehicle');
        if (entity.type !== 'order') continue;
        const { lines, shipments, vehicleId } = entity.value;
        if (vehicleId !== undefined) expect(known.get(vehicleId)).toBe('vehicle');
        for (const line of lines) {
          expect(known.get(line.policyId)).toBe('policy');
          if (line.vehicleId !== undefined) expect(known.get(line.vehicleId)).toBe('vehicle');
          if (line.vehicleId !== undefined) expect(line.vehicleId).not.toBe(vehicleId);
        }
        const sent = shipments.flatMap((shipment) => shipment.lineIds);
        expect(new Set(sent).size).toBe(sent.length);
        for (const lineId of sent) expect(lines.some((line) => line.id === lineId)).toBe(true);
      }
    }
  });

  it.each(['2026-11-22', '2026-03-30', '2027-01-02'])('show every status on %s', (today) => {
    const [, busy] = [...generateDemo({ seed: 'demo', today, garageOrders: 300 })];
    const orders = [...(busy?.entities ?? [])].flatMap((entity) =>
      entity.type === 'order' ? [entity.value] : [],
    );
    const statuses = new Set(orders.map((order) => currentStatus(order.events).status));
    expect([...statuses].sort()).toEqual([...OrderStatus.options].sort());
    const parcels = new Set(
      orders.flatMap((order) => order.shipments.map((one) => currentStatus(one.events).status)),
    );
    expect([...parcels].sort()).toEqual([...ShipmentStatus.options].sort());
  });

  it('give the private account orders under way, refunds, deposits and parts to pay', () => {
    const orders = ordersOf(camille);
    const statuses = new Set(orders.map((order) => currentStatus(order.events).status));
    for (const status of [
      'payment_pending',
      'preparing',
      'partially_shipped',
      'shipped',
      'delivered',
    ] as const)
      expect(statuses).toContain(status);
    for (const status of ['cancelled', 'refunded', 'partially_refunded'] as const)
      expect(statuses).toContain(status);
    const parts = orders.flatMap((order) => order.payments.flatMap((payment) => payment.instalments ?? []));
    expect(parts.some((part) => part.state === 'due' && part.dueOn > TODAY)).toBe(true);
    expect(orders.some((order) => order.lines.some((line) => line.coreDeposit?.state === 'to_return'))).toBe(
      true,
    );
  });

  it('never lets the garage pay in parts', () => {
    expect(
      ordersOf(garage).flatMap((order) => order.payments.filter((payment) => payment.instalments)),
    ).toEqual([]);
  });

  it('follow the week and the year of a workshop', () => {
    const orders = ordersOf(garage);
    const sundays = orders.filter((order) => new Date(`${order.placedOn}T12:00:00Z`).getUTCDay() === 0);
    expect(sundays.length / orders.length).toBeLessThan(0.03);
    const inMonth = (month: string): number =>
      orders.filter((order) => order.placedOn.slice(5, 7) === month).length;
    expect(inMonth('08')).toBeLessThan(inMonth('06') * 0.75);
    expect(orders.some((order) => order.vehicleId === undefined)).toBe(true);
    expect(orders.some((order) => order.lines.some((line) => line.vehicleId !== undefined))).toBe(true);
    expect(orders.some((order) => order.lines.some((line) => line.seller !== undefined))).toBe(true);
  });

  it('stay lean: under 3 KB an order on average', () => {
    const sizes = ordersOf(garage).map((order) => JSON.stringify(order).length);
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(3000);
  });

  it('can show every stage on any day, also in a busy garage', () => {
    const catalogue = new Catalogue('oscaro');
    for (let day = 0; day < 60; day += 1) {
      const today = addDays('2026-01-03', day * 6);
      const [, busy] = [...generateDemo({ seed: 'oscaro', today, garageOrders: 5000 }, catalogue)];
      // The orders that show something are planned before the first is given out.
      const entities = busy!.entities[Symbol.iterator]();
      let next = entities.next();
      while (next.value?.type !== 'order') next = entities.next();
      expect(next.value.value.number).toMatch(/^\d+$/);
    }
  }, 60_000);

  it('make a busy garage of the size that the benches ask for', () => {
    const [, busy] = [...generateDemo({ seed: 'demo', today: TODAY, garageOrders: 5000 })];
    const list = [...(busy?.entities ?? [])];
    const lines = list.flatMap((entity) => (entity.type === 'order' ? [entity.value.lines] : []));
    const total = lines.reduce((sum, one) => sum + one.length, 0);
    expect(total / lines.length).toBeCloseTo(6, 0);
    expect(Math.min(...lines.map((one) => one.length))).toBe(1);
    expect(Math.max(...lines.map((one) => one.length))).toBe(11);
    expect(list.filter((entity) => entity.type === 'vehicle')).toHaveLength(50);
    const parts = new Set(lines.flat().map((line) => `${line.brand} ${line.reference}`));
    expect(parts.size).toBeGreaterThan(10_000);
    expect(parts.size).toBeLessThan(18_000);
  }, 60_000);
});
