import type { Engine } from '#core/api.ts';
import type { MutationCall } from '#shared/mutations/all.ts';
import { addDays } from '#shared/domain/calendar.ts';
import type { Basket } from '#shared/domain/basket.ts';
import { must } from './engine.ts';
import { TODAY } from '../data/dataset.ts';

type Handlers = Engine['handlers'];

/** A change as a person makes it, and the question whose answer shows it. */
export interface LocalChange {
  call: MutationCall;
  show: (handlers: Handlers) => Promise<unknown>;
}

/** What there is to change in a synced folder. */
interface Subjects {
  baskets: { id: string; basket: Basket }[];
  vehicles: string[];
  orders: string[];
}

/**
 * So many changes of six kinds in turn, over all baskets and vehicles and the newest orders: a line added to a basket, a quantity, a name, a
 * reading of an odometer, a note on an order, a field of the profile. Each does something.
 */
export async function localChanges(handlers: Handlers, count: number): Promise<LocalChange[]> {
  const subjects = await subjectsOf(handlers);
  return Array.from({ length: count }, (_, index) => {
    const make = KINDS[index % KINDS.length] as (typeof KINDS)[number];
    return make(subjects, Math.floor(index / KINDS.length));
  });
}

async function subjectsOf(handlers: Handlers): Promise<Subjects> {
  const { baskets } = await must(handlers['baskets.list'](undefined));
  const details = await Promise.all(baskets.map(({ id }) => must(handlers['baskets.get']({ id }))));
  const vehicles = await must(handlers['vehicles.page']({ filter: {}, offset: 0, limit: 100 }));
  const orders = await must(handlers['orders.page']({ filter: {}, offset: 0, limit: 200 }));
  return {
    baskets: details
      .map(({ row, basket }) => ({ id: row.id, basket }))
      .filter(({ basket }) => basket.lines.length > 0),
    vehicles: vehicles.map(({ id }) => id),
    orders: orders.map(({ id }) => id),
  };
}

const inTurn = <T>(items: readonly T[], turn: number): T => {
  const item = items[turn % items.length];
  if (item === undefined) throw new Error('the data set has nothing to change');
  return item;
};

const ofBasket =
  (basketId: string): LocalChange['show'] =>
  (handlers) =>
    must(handlers['baskets.get']({ id: basketId }));

const KINDS: readonly ((subjects: Subjects, turn: number) => LocalChange)[] = [
  ({ baskets }, turn) => {
    const { id } = inTurn(baskets, turn);
    const part = { reference: `BENCH ${turn}`, brand: 'Bosch', name: `Plaquettes de frein ${turn}` };
    return {
      call: { name: 'basket.addLines', args: { basketId: id, lines: [{ part, quantity: 2 }] } },
      show: ofBasket(id),
    };
  },
  ({ baskets }, turn) => {
    const { id, basket } = inTurn(baskets, turn);
    const line = inTurn(basket.lines, turn);
    const { vehicleId, reference, brand, name } = line;
    return {
      call: {
        name: 'basket.setQuantity',
        args: {
          basketId: id,
          lineId: line.id,
          quantity: 10 + (turn % 900),
          part: { reference, brand, name },
          ...(vehicleId !== undefined && { vehicleId }),
        },
      },
      show: ofBasket(id),
    };
  },
  ({ baskets }, turn) => {
    const { id } = inTurn(baskets, turn);
    return {
      call: { name: 'basket.rename', args: { id, name: `Révision ${turn}` } },
      show: ofBasket(id),
    };
  },
  ({ vehicles }, turn) => {
    const id = inTurn(vehicles, turn);
    const on = addDays(TODAY, -Math.floor(turn / vehicles.length));
    return {
      call: { name: 'vehicle.recordMileage', args: { id, on, kilometres: 400_000 + turn } },
      show: (handlers) => must(handlers['vehicles.get']({ id })),
    };
  },
  ({ orders }, turn) => {
    const id = inTurn(orders, turn);
    return {
      call: { name: 'order.setNote', args: { orderId: id, note: `À rappeler, dossier ${turn}` } },
      show: (handlers) => must(handlers['orders.get']({ id })),
    };
  },
  (_subjects, turn) => ({
    call: { name: 'profile.setField', args: { field: 'displayName', value: `Garage ${turn}` } },
    show: (handlers) => must(handlers['profile.get'](undefined)),
  }),
];
