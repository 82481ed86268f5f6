import { COUNTED, countingCall, makeCall } from './make-calls.ts';
import { PASSWORD, tellOrder } from './settlers.ts';
import { routes } from '#shared/protocol/routes.ts';
import { CHANGE } from '#core/db/codes.ts';
import type { Replica } from './replica.ts';
import { serve } from './serve.ts';
import { short } from './trace.ts';
import { demand, Violation } from './violation.ts';
import type { World } from './world.ts';

export type Act = (world: World, replica: Replica) => Promise<void>;

/** A person makes a change. */
export const change: Act = async (world, replica) => {
  const { account } = replica;
  const shown = replica.known ? replica.tables.values('shown') : new Map<string, string>();
  const view = {
    random: world.random,
    account,
    now: () => world.time.now(),
    shown: (type: string, id: string) => JSON.parse(shown.get(`${type} ${id}`) ?? 'null') as unknown,
    notices: () => [...shown.keys()].flatMap((key) => (key.startsWith('notice ') ? [key.slice(7)] : [])),
  };
  const counts = world.random.chance(0.2);
  const call = counts ? countingCall(view) : makeCall(view);
  const answer = await world.call(replica, call.name, ({ handlers }) => handlers['changes.make'](call));
  const made = answer?.ok === true && answer.value.made ? answer.value.id : undefined;
  world.note(
    `${replica.name} ${call.name}: ${answer === undefined ? 'died' : !answer.ok ? answer.error.kind : answer.value.made ? `made ${short(answer.value.id)}` : answer.value.refusal.kind}`,
  );
  if (answer && !answer.ok)
    demand(
      EXPECTED.has(answer.error.kind),
      0,
      `${replica.name} cannot make a change: ${JSON.stringify(answer.error)}`,
    );
  if (made === undefined) return;
  const { lines } = call.args as { lines?: { part: unknown; quantity: number }[] };
  const counted = counts
    ? (lines ?? []).reduce((sum, line) => sum + (line.part === COUNTED ? line.quantity : 0), 0)
    : 0;
  replica.disk.accepted.set(made, { id: made, name: call.name, counts: counted });
};

/** Failures of this computer that a simulated one brings about. */
const EXPECTED = new Set([
  'disk_full',
  'file_error',
  'database_damaged',
  'database_newer',
  'not_signed_in',
  'cancelled',
]);

export const undo: Act = async (world, replica) => {
  const row = world.random.maybe(replica.tables.changes().slice(-6));
  // Taking an adding back that has left makes the counting basket count down.
  if (!row || ((replica.disk.accepted.get(row.id)?.counts ?? 0) > 0 && row.state !== CHANGE.waiting)) return;
  const answer = await world.call(replica, 'undo', ({ handlers }) =>
    handlers['changes.undo']({ id: row.id }),
  );
  world.note(
    `${replica.name} undoes ${row.name} ${short(row.id)}: ${answer === undefined ? 'died' : !answer.ok ? answer.error.kind : answer.value.undone ? 'done' : answer.value.refusal.kind}`,
  );
  const undone = answer?.ok === true && answer.value.undone;
  // A refused change that is undone is let go.
  if (row.state === CHANGE.refused && (answer === undefined || undone)) replica.disk.letGo.add(row.id);
  if (undone) world.adopt(replica);
};

export const decide: Act = async (world, replica) => {
  const refused = replica.tables.changes().filter(({ state }) => state === CHANGE.refused);
  const row = world.random.maybe(refused);
  if (!row) return;
  const again = world.random.chance(0.5);
  const answer = await world.call(replica, 'decide', async ({ handlers }) =>
    again ? handlers['changes.sendAgain']({ id: row.id }) : handlers['changes.letGo']({ id: row.id }),
  );
  const made = answer?.ok === true && (answer.value === undefined || answer.value.made);
  world.note(
    `${replica.name} ${again ? 'sends again' : 'lets go'} ${row.name} ${short(row.id)}: ${answer === undefined ? 'died' : made ? 'done' : 'not'}`,
  );
  // A process that died in between may have kept the decision or not.
  if (answer === undefined || made) replica.disk.letGo.add(row.id);
  if (made) world.adopt(replica, replica.disk.accepted.get(row.id)?.counts ?? 0);
};

export const takeBack: Act = async (world, replica) => {
  const notice = world.random.maybe(
    [...replica.tables.values('shown').keys()].filter((key) => key.startsWith('notice ')),
  );
  if (notice === undefined) return;
  const answer = await world.call(replica, 'takeBack', ({ handlers }) =>
    handlers['notices.takeBack']({ id: notice.slice(7) }),
  );
  world.note(
    `${replica.name} takes back: ${answer === undefined ? 'died' : !answer.ok ? answer.error.kind : answer.value.made}`,
  );
  if (answer?.ok === true && answer.value.made) world.adopt(replica);
};

export const sync: Act = async (world, replica) => {
  const { running } = replica;
  if (!running) return;
  Promise.resolve(running.engine.handlers['sync.now'](undefined)).catch((error: unknown) => {
    if (!running.disk.dead)
      world.problem ??= new Violation(0, `${replica.name} threw while it synced: ${String(error)}`);
  });
  world.note(`${replica.name} syncs`);
  await world.settle();
};

export const hint: Act = async (world, replica) => {
  const kind = world.random.pick(['resumed', 'network', 'visible', 'hidden'] as const);
  await world.call(replica, 'hint', ({ handlers }) => handlers['sync.hint']({ kind }));
  world.note(`${replica.name} hint ${kind}`);
};

export const poke: Act = async (world, replica) => {
  if (!replica.poke || replica.poke.ended) return;
  replica.poke.poke();
  world.note(`${replica.name} is poked`);
  await world.settle();
};

/** Whoever looks reads through the same code as the screens; what is damaged is found so. */
export const look: Act = async (world, replica) => {
  await world.call(replica, 'look', async ({ handlers }) => {
    await handlers['baskets.list'](undefined);
    for (const id of replica.account.baskets.slice(-3)) await handlers['baskets.get']({ id });
    await handlers['changes.list'](undefined);
    await handlers['account.get'](undefined);
    await handlers['sync.status'](undefined);
  });
};

/** The network is kind to someone who signs in. */
export async function signIn(world: World, replica: Replica): Promise<void> {
  const { running } = replica;
  if (!running) return;
  let done = false;
  const asked = Promise.resolve(
    running.engine.handlers['session.signIn']({ email: replica.account.email, password: PASSWORD }),
  );
  asked.then(
    () => (done = true),
    () => (done = true),
  );
  await world.settle();
  for (let round = 0; !done && !running.disk.dead && round < 120; round += 1) {
    const flight = running.network.flights.find(({ route, answer }) => route !== routes.pokes && !answer);
    if (flight) flight.arrive(await serve(world, replica, flight));
    else for (const late of [...running.network.flights]) if (late.answer) late.arrive(late.answer);
    await world.settle();
  }
  if (running.disk.dead) return;
  demand(done, 0, `${replica.name} cannot end signing in`);
  const answer = await asked;
  world.note(`${replica.name} signs in: ${answer.ok ? answer.value.state : answer.error.kind}`);
  if (!answer.ok)
    demand(
      EXPECTED.has(answer.error.kind),
      0,
      `${replica.name} cannot sign in: ${JSON.stringify(answer.error)}`,
    );
}

export async function isSignedOut(world: World, replica: Replica): Promise<boolean> {
  const answer = await world.call(replica, 'session', ({ handlers }) => handlers['session.get'](undefined));
  return answer?.ok === true && answer.value.state !== 'signed_in';
}

/** The shop writes to the account. */
export async function shop(world: World): Promise<void> {
  const account = world.random.pick(world.accounts);
  const { random } = world;
  const known = random.maybe(account.orders);
  if (known && random.chance(0.2) && account.orders.length > 1) {
    await world.service.service.feed.delete(account.id, 'order', known.id);
    account.model.delete('order', known.id);
    world.note(`the shop deletes order ${short(known.id)}`);
  } else {
    const id = known && random.chance(0.6) ? known.id : random.id(world.time.now());
    await tellOrder(world, account, id, random.int(0, 9));
    world.note(`the shop writes order ${short(id)}`);
  }
}
