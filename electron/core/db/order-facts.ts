import type { CoreDeposit, Order, OrderLine } from '#shared/domain/order.ts';
import { lineDeposit } from '#shared/domain/amounts.ts';
import type { OrderStatus } from '#shared/domain/order-status.ts';
import { currentStatus } from '#shared/domain/status-of.ts';

export interface DepositFact {
  line: number;
  state: CoreDeposit['state'];
  amount: number;
  dueOn: string | undefined;
  vehicleId: string | undefined;
  title: string;
}

/** What the lists, the totals and the home screen need of an order, worked out once when it arrives. */
export interface OrderFacts {
  status: OrderStatus;
  statusAt: number;
  exclVat: number;
  inclVat: number;
  /** Deposits in any state, and those still to be sent back; incl. VAT. */
  deposit: number;
  toReturn: number;
  deposits: DepositFact[];
  /** Of the order, then of lines that are for another vehicle; each once. */
  vehicleIds: string[];
  title: string;
}

export function orderFacts(order: Order): OrderFacts {
  const current = currentStatus(order.events);
  const deposits = order.lines.flatMap((line, index) => depositFact(order, line, index));
  const { goodsExclVat, depositExclVat, shippingExclVat, inclVat } = order.totals;
  return {
    status: current.status,
    statusAt: Date.parse(current.at),
    exclVat: goodsExclVat + depositExclVat + shippingExclVat,
    inclVat,
    deposit: sum(deposits),
    toReturn: sum(deposits.filter((deposit) => deposit.state === 'to_return')),
    deposits,
    vehicleIds: vehicleIds(order),
    title: order.lines[0]?.name ?? order.number,
  };
}

function depositFact(order: Order, line: OrderLine, index: number): DepositFact[] {
  if (!line.coreDeposit) return [];
  return [
    {
      line: index,
      state: line.coreDeposit.state,
      amount: lineDeposit(line).inclVat,
      dueOn: line.coreDeposit.dueOn,
      vehicleId: line.vehicleId ?? order.vehicleId,
      title: line.name,
    },
  ];
}

function vehicleIds(order: Order): string[] {
  const ids = order.vehicleId === undefined ? [] : [order.vehicleId];
  for (const line of order.lines) {
    if (line.vehicleId !== undefined && !ids.includes(line.vehicleId)) ids.push(line.vehicleId);
  }
  return ids;
}

const sum = (deposits: readonly DepositFact[]): number =>
  deposits.reduce((total, { amount }) => total + amount, 0);
