import type { CoreDeposit, Order, OrderLine } from '#shared/domain/order.ts';
import { lineDeposit, lineExclVat, lineInclVat } from '#shared/domain/amounts.ts';
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

/** What of an order is for a vehicle besides the order's own: its lines, with their deposits. Delivery is the order's own. */
export interface VehicleShare {
  vehicleId: string;
  exclVat: number;
  inclVat: number;
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
  /** Of lines that are for another vehicle than the order's; each vehicle once. The order's own has what is left. */
  shares: VehicleShare[];
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
    shares: sharesOf(order),
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

function sharesOf(order: Order): VehicleShare[] {
  const shares = new Map<string, VehicleShare>();
  for (const line of order.lines) {
    const { vehicleId } = line;
    if (vehicleId === undefined || vehicleId === order.vehicleId) continue;
    const share = shares.get(vehicleId) ?? { vehicleId, exclVat: 0, inclVat: 0 };
    shares.set(vehicleId, share);
    const deposit = lineDeposit(line);
    share.exclVat += lineExclVat(line) + deposit.exclVat;
    share.inclVat += lineInclVat(line) + deposit.inclVat;
  }
  return [...shares.values()];
}

const sum = (deposits: readonly DepositFact[]): number =>
  deposits.reduce((total, { amount }) => total + amount, 0);
