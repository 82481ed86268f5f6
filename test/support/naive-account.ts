import { lineDeposit, lineExclVat, lineInclVat } from '#shared/domain/amounts.ts';
import type { Order } from '#shared/domain/order.ts';
import { currentStatus } from '#shared/domain/order-status.ts';
import { foldCompact } from '#shared/domain/fold.ts';
import type { Invoice } from '#shared/domain/invoice.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { InvoiceFilter } from '#shared/ipc/invoices.ts';
import type { ListSummary, OrderFilter } from '#shared/ipc/orders.ts';
import type { Entity } from './service.ts';

type Known<T> = { id: string; value: T };

/** What lists and search must answer, worked out the slow and obvious way. */
export class NaiveAccount {
  readonly orders: Known<Order>[];
  readonly invoices: Known<Invoice>[];
  readonly vehicles: Map<string, Vehicle>;

  constructor(entities: readonly Entity[]) {
    const of = <T>(type: string): Known<T>[] =>
      entities.flatMap((entity) =>
        entity.type === type ? [{ id: entity.id, value: entity.value as T }] : [],
      );
    this.orders = of<Order>('order').sort((a, b) =>
      order(b.value.placedOn + b.value.placedAt, a.value.placedOn + a.value.placedAt),
    );
    this.invoices = of<Invoice>('invoice').sort((a, b) =>
      order(b.value.issuedOn + b.value.number, a.value.issuedOn + a.value.number),
    );
    this.vehicles = new Map(of<Vehicle>('vehicle').map(({ id, value }) => [id, value]));
  }

  listOrders(filter: OrderFilter): Known<Order>[] {
    return this.orders.filter(({ value }) => {
      const vehicles = vehicleIds(value);
      if (filter.vehicle === 'none' && vehicles.length > 0) return false;
      if (filter.vehicle !== undefined && filter.vehicle !== 'none' && !vehicles.includes(filter.vehicle))
        return false;
      if (
        filter.statuses &&
        filter.statuses.length > 0 &&
        !filter.statuses.includes(currentStatus(value.events).status)
      )
        return false;
      if (filter.from !== undefined && value.placedOn < filter.from) return false;
      if (filter.to !== undefined && value.placedOn > filter.to) return false;
      if (filter.depositToReturn === true && toReturn(value) === 0) return false;
      return words(filter.text ?? '').every((word) =>
        this.#orderFields(value).some((field) => field.includes(word)),
      );
    });
  }

  listInvoices(filter: InvoiceFilter): Known<Invoice>[] {
    return this.invoices.filter(({ value }) => {
      if (filter.kind !== undefined && value.kind !== filter.kind) return false;
      if (filter.from !== undefined && value.issuedOn < filter.from) return false;
      if (filter.to !== undefined && value.issuedOn > filter.to) return false;
      const ordered = this.orders.find(({ id }) => id === value.orderId)?.value;
      const fields = [value.number, value.orderNumber, value.seller].map(foldCompact);
      fields.push(...this.#vehicleFields(ordered?.vehicleId));
      return words(filter.text ?? '').every((word) => fields.some((field) => field.includes(word)));
    });
  }

  matchingVehicles(text: string): string[] {
    const wanted = words(text);
    if (wanted.length === 0) return [];
    return [...this.vehicles.keys()].filter((id) =>
      wanted.every((word) => this.#vehicleFields(id).some((field) => field.includes(word))),
    );
  }

  /** `reference|brand|name`, the latest ordered first, with how many orders hold it. */
  matchingParts(text: string): { name: string; count: number; lastOrderId: string }[] {
    const wanted = words(text);
    const found = new Map<string, { name: string; count: number; lastOrderId: string }>();
    for (const { id, value } of this.orders) {
      const names = new Set(
        value.lines
          .filter((line) =>
            wanted.every((word) =>
              [line.reference, line.brand, line.name].some((field) => foldCompact(field).includes(word)),
            ),
          )
          .map((line) => `${line.reference}|${line.brand}|${line.name}`),
      );
      for (const name of names) {
        const known = found.get(name);
        if (known) known.count += 1;
        else found.set(name, { name, count: 1, lastOrderId: id });
      }
    }
    return wanted.length === 0 ? [] : [...found.values()];
  }

  /** What is for a vehicle of each order that was not cancelled: its lines, and what no line of another vehicle accounts for where it is the order's own. */
  spentOn(vehicleId: string | undefined): { day: string; exclVat: number; inclVat: number }[] {
    return this.orders
      .filter(({ value }) => currentStatus(value.events).status !== 'cancelled')
      .map(({ value }) => {
        const own = value.vehicleId === vehicleId;
        const spent = own
          ? { exclVat: exclVatOf(value), inclVat: value.totals.inclVat }
          : { exclVat: 0, inclVat: 0 };
        for (const line of value.lines) {
          const lineOf = line.vehicleId ?? value.vehicleId;
          const sign = own ? (lineOf === vehicleId ? 0 : -1) : lineOf === vehicleId ? 1 : 0;
          spent.exclVat += sign * (lineExclVat(line) + lineDeposit(line).exclVat);
          spent.inclVat += sign * (lineInclVat(line) + lineDeposit(line).inclVat);
        }
        return { day: value.placedOn, ...spent };
      });
  }

  vehiclesNamed(): string[] {
    return [...new Set(this.orders.flatMap(({ value }) => vehicleIds(value)))];
  }

  #orderFields(value: Order): string[] {
    const fields = [foldCompact(value.number)];
    for (const id of vehicleIds(value)) fields.push(...this.#vehicleFields(id));
    for (const line of value.lines) fields.push(...[line.reference, line.brand, line.name].map(foldCompact));
    return fields;
  }

  #vehicleFields(id: string | undefined): string[] {
    const vehicle = id === undefined ? undefined : this.vehicles.get(id);
    if (!vehicle) return [];
    return [
      vehicle.plate,
      vehicle.vin,
      vehicle.make,
      vehicle.model,
      vehicle.engine,
      vehicle.customerName,
    ].flatMap((field) => (field === undefined ? [] : [foldCompact(field)]));
  }
}

export function summaryOf(
  rows: readonly { day: string; exclVat: number; inclVat: number }[],
): Omit<ListSummary, 'currency'> {
  const months = new Map<string, { month: string; count: number; exclVat: number; inclVat: number }>();
  const whole = { count: 0, exclVat: 0, inclVat: 0 };
  for (const { day, exclVat, inclVat } of rows) {
    const month = day.slice(0, 7);
    const sums = months.get(month) ?? { month, count: 0, exclVat: 0, inclVat: 0 };
    months.set(month, sums);
    for (const total of [sums, whole]) {
      total.count += 1;
      total.exclVat += exclVat;
      total.inclVat += inclVat;
    }
  }
  return { ...whole, months: [...months.values()].sort((a, b) => order(b.month, a.month)) };
}

export const exclVatOf = ({ totals }: Order): number =>
  totals.goodsExclVat + totals.depositExclVat + totals.shippingExclVat;

function toReturn(value: Order): number {
  return value.lines.reduce(
    (sum, line) => (line.coreDeposit?.state === 'to_return' ? sum + lineDeposit(line).inclVat : sum),
    0,
  );
}

function vehicleIds(value: Order): string[] {
  return [value.vehicleId, ...value.lines.map((line) => line.vehicleId)].filter((id) => id !== undefined);
}

const words = (text: string): string[] =>
  text
    .split(/\s+/)
    .map(foldCompact)
    .filter((word) => word !== '');
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
