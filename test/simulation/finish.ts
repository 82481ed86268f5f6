import { CHANGE, INSTEAD } from '#core/db/codes.ts';
import type { Basket } from '#shared/domain/basket.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { Account } from './account.ts';
import { isSignedOut, signIn } from './acts.ts';
import { countOf, isSameJson } from './checks.ts';
import { look, start, stop } from './disasters.ts';
import { deliver } from './fates.ts';
import type { Replica } from './replica.ts';
import { short } from './trace.ts';
import { demand } from './violation.ts';
import type { World } from './world.ts';

const MOST_ROUNDS = 12;

/** The faults end. Everything comes to rest, and then everything must be equal. */
export async function finish(world: World): Promise<void> {
  world.calm = true;
  world.note('the faults end');
  for (const replica of world.replicas) {
    replica.running?.disk.arm(undefined);
    replica.clockOffset = 0;
  }
  await world.buryTheDead();
  if (world.accounts.some(({ silent }) => silent)) {
    // Whoever put the backup back reads the instructions after all.
    await world.service.down();
    await world.service.up(true);
    for (const account of world.accounts) account.silent = false;
    world.note('the service says that it was set back');
  }
  for (const replica of world.replicas) {
    // An account whose folder could not be opened while the disk failed is opened at the next start of the app.
    if (!replica.known && !replica.spoiled) await stop(world, replica);
    await start(world, replica);
  }
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const replica of world.replicas) await syncOnce(world, replica);
    await world.check(true);
    if (round > 1 && world.replicas.every((replica) => isAtRest(replica))) break;
  }
  for (const account of world.accounts) checkAccount(world, account);
  for (const replica of world.replicas) await checkReplica(world, replica);
}

async function syncOnce(world: World, replica: Replica): Promise<void> {
  if (replica.spoiled) await look(world, replica);
  if (await isSignedOut(world, replica)) await signIn(world, replica);
  let done = false;
  const asked = Promise.resolve(replica.running?.engine.handlers['sync.now'](undefined));
  asked.then(
    () => (done = true),
    () => (done = true),
  );
  await world.settle();
  for (let turn = 0; turn < 300; turn += 1) {
    const flight = replica.running?.network.flights.find(({ route }) => route !== routes.pokes);
    if (!flight) break;
    await deliver(world, replica, flight);
  }
  demand(done, 0, `${replica.name} never ends to sync`);
}

/** Nothing waits, and the base is the newest there is. */
function isAtRest(replica: Replica): boolean {
  if (replica.spoiled || !replica.known) return false;
  const waiting = replica.tables.changes().some(({ state }) => state < CHANGE.confirmed);
  return !waiting && isLike(replica) === undefined;
}

function isLike(replica: Replica): string | undefined {
  const shown = replica.tables.values('shown');
  const { entities } = replica.account.model;
  for (const [key, { value }] of entities) {
    const here = shown.get(key);
    if (here === undefined) return `${key} is missing`;
    const wanted = JSON.stringify(value);
    if (!isSameJson(here, wanted)) return `${key} is ${here} instead of ${wanted}`;
  }
  for (const key of shown.keys())
    if (!entities.has(key)) return `${key} should not be there: ${shown.get(key)}`;
  return undefined;
}

function checkAccount(world: World, account: Account): void {
  const { model, takenAs } = account;
  let expected = 0;
  const counted = new Set<string>();
  for (const replica of world.replicas) {
    if (replica.account !== account) continue;
    for (const change of replica.disk.accepted.values()) {
      demand(
        model.verdicts.has(change.id),
        1,
        `${replica.name}: ${change.name} ${short(change.id)} never reached the service`,
      );
      if (counted.has(change.id)) continue;
      counted.add(change.id);
      if (model.verdicts.get(change.id) === 'applied' && takenAs.get(change.id) !== 'noop')
        expected += change.counts;
    }
  }
  const basket = model.entities.get(`basket ${account.countingBasket}`)?.value as Basket | undefined;
  // Changes of folders that were set back since may count as well: those are lost to their computers, not to the service.
  demand(
    (basket ? countOf(basket) : 0) >= expected,
    1,
    `the service counts ${basket ? countOf(basket) : 0} pieces of ${expected}`,
  );
}

async function checkReplica(world: World, replica: Replica): Promise<void> {
  // Damage where neither SQLite nor a checksum looks: nobody has read it yet, and whoever does will find it.
  if (replica.spoiled) return;
  const { name, account } = replica;
  const difference = isLike(replica);
  demand(difference === undefined, 3, `${name} differs from the service: ${difference}`);
  for (const row of replica.tables.changes()) {
    const what = `${name}: ${row.name} ${short(row.id)}`;
    demand(row.state >= CHANGE.confirmed, 3, `${what} still waits`);
    const verdict = account.model.verdicts.get(row.id) ?? '';
    if (verdict === 'applied' && row.instead === INSTEAD.itself)
      demand(
        row.state === CHANGE.confirmed || row.state === CHANGE.letGo,
        1,
        `${what} was applied and counts as refused`,
      );
    if (verdict.startsWith('rejected'))
      demand(
        row.state === CHANGE.refused || row.state === CHANGE.letGo,
        1,
        `${what} was ${verdict} and its author is not told`,
      );
  }
  const status = await world.call(replica, 'status', ({ handlers }) => handlers['sync.status'](undefined));
  demand(
    status?.ok === true && status.value.phase === 'idle' && !status.value.problem,
    3,
    `${name} is not at rest: ${JSON.stringify(status)}`,
  );
  const list = await world.call(replica, 'changes', ({ handlers }) => handlers['changes.list'](undefined));
  const refused = replica.tables.changes().filter(({ state }) => state === CHANGE.refused).length;
  demand(
    list?.ok === true && list.value.waitingCount === 0 && list.value.refused.length === refused,
    1,
    `${name} does not list its refused changes`,
  );
}
