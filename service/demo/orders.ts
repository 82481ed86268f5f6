import type { Showcase } from './accounts.ts';
import { isWorkingDay, parisMoment, type Day } from './calendar.ts';
import { jobNamed } from './jobs.ts';
import { buildOrder, type DemoOrder } from './order.ts';
import type { Fate, OrderPlan } from './plan.ts';
import { Prng } from './prng.ts';
import { moments } from './rhythm.ts';
import type { World } from './world.ts';

/** Where in the history each fate surely occurs once, as a share of it; others come by chance. */
const SURE_FATES: readonly (readonly [share: number, fate: Fate])[] = [
  [0.35, 'cancelled'],
  [0.55, 'refunded'],
  [0.62, 'partially_refunded'],
  [0.7, 'returned_to_sender'],
  [0.8, 'partially_refunded'],
];

/** The orders of an account, oldest first: its history up to yesterday, and today's showcases among the latest. */
export function* ordersOf(
  world: World,
  showcases: readonly Showcase[],
  count: number,
  from: Day,
): Generator<DemoOrder> {
  const shown = showcases.slice(0, count).map((showcase) => planOf(world, showcase));
  shown.sort((a, b) => a.placedAt - b.placedAt);
  for (const plan of history(world, count - shown.length, from)) {
    while (shown[0] && shown[0].placedAt <= plan.placedAt) yield* built(world, shown.shift());
    yield* built(world, plan);
  }
  for (const plan of shown) yield* built(world, plan);
}

function* built(world: World, plan: OrderPlan | undefined): Generator<DemoOrder> {
  const order = plan && buildOrder(world, plan);
  if (!order) throw new Error('an order that was planned could not be built');
  yield order;
}

function* history(world: World, count: number, from: Day): Generator<OrderPlan> {
  const rng = new Prng(`${world.seed}/history`);
  const sure = new Map(SURE_FATES.map(([share, fate]) => [Math.floor(count * share), fate]));
  let index = 0;
  for (const placedAt of moments({
    count,
    from,
    lastDay: world.today - 1,
    garage: world.shelf.garage,
    rng,
  })) {
    yield { key: `order/${index}`, placedAt, fate: sure.get(index) ?? fateOf(rng), now: world.now };
    index += 1;
  }
}

function fateOf(rng: Prng): Fate {
  const draw = rng.float();
  if (draw < 0.025) return 'cancelled';
  if (draw < 0.06) return 'partially_refunded';
  if (draw < 0.072) return 'refunded';
  return draw < 0.077 ? 'returned_to_sender' : 'kept';
}

/** The plan placed on the latest day on which an order placed then has reached that stage this morning. */
function planOf(world: World, showcase: Showcase): OrderPlan {
  const rng = new Prng(`${world.seed}/showcase/${showcase.stage}`);
  const earlyMinutes = rng.int(6 * 60 + 20, 8 * 60 + 5);
  const dayMinutes = rng.int(9 * 60, 14 * 60 + 30);
  for (let back = 0; back < 60; back += 1) {
    const day = world.today - back;
    const openDay = isWorkingDay(day) || back === 0;
    const placedAt = parisMoment(day, back === 0 ? earlyMinutes : dayMinutes);
    const plan: OrderPlan = {
      key: `showcase/${showcase.stage}`,
      placedAt,
      fate: showcase.stage === 'returned_to_sender' ? 'returned_to_sender' : 'kept',
      now: world.now,
      job: jobNamed(showcase.job),
      stage: showcase.stage,
      ...(showcase.instalments ? { instalments: showcase.instalments } : {}),
    };
    if (openDay && buildOrder({ ...world, numbers: world.numbers.apart() }, plan)) return plan;
  }
  throw new Error(`no day of the last two months lets an order be "${showcase.stage}" today`);
}
