import { routes } from '#shared/protocol/routes.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import type { PushRequest } from '#shared/protocol/push.ts';
import { ERRORS, errorAnswer, fromNewerService, outOfOrder, spoil } from './answers.ts';
import type { Answered } from './live-service.ts';
import type { Flight } from './network.ts';
import { PokeStream } from './poke-stream.ts';
import type { Replica } from './replica.ts';
import { serve } from './serve.ts';
import type { World } from './world.ts';

type Fate =
  | 'pass'
  | 'lost'
  | 'answer lost'
  | 'cut'
  | 'late'
  | 'twice'
  | 'half taken'
  | 'error'
  | 'spoilt'
  | 'newer service'
  | 'out of order'
  | 'old page'
  | 'hold';

const ROUGH: readonly (readonly [number, Fate])[] = [
  [4, 'lost'],
  [6, 'answer lost'],
  [3, 'cut'],
  [5, 'late'],
  [3, 'twice'],
  [2, 'half taken'],
  [4, 'error'],
  [3, 'spoilt'],
  [1, 'newer service'],
  [2, 'out of order'],
  [2, 'old page'],
  [2, 'hold'],
];

/** Answers of the past, per replica, to be brought up again. */
const oldPages = new WeakMap<Replica, { answer: Answered; after: string | null }[]>();
const MOST_OLD_PAGES = 6;

/** One request, or an answer on its way back, meets its fate. */
export async function deliver(world: World, replica: Replica, flight: Flight): Promise<void> {
  if (flight.route === routes.pokes) return answerPokes(world, replica, flight);
  const { random, weather } = world;
  const rough = !world.calm && random.chance(weather.network);
  if (flight.answer) {
    const lost = rough && random.chance(0.3);
    world.note(
      `${replica.name} #${flight.number} ${lost ? 'the late answer is lost' : `the late answer comes: ${flight.answer.status}`}`,
    );
    if (lost) flight.fail('ECONNRESET');
    else flight.arrive(flight.answer);
    return world.settle();
  }
  const fate = rough ? random.weighted(ROUGH) : 'pass';
  const status = await meet(world, replica, flight, fate);
  world.note(`${replica.name} #${flight.number} ${flight.method} ${flight.route} ${fate}: ${status}`);
  await world.settle();
}

async function meet(world: World, replica: Replica, flight: Flight, fate: Fate): Promise<string> {
  const { random } = world;
  switch (fate) {
    case 'hold':
      return 'waits';
    case 'lost': {
      const code = random.pick(['ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT']);
      if (code === 'ENOTFOUND') flight.neverLeave(code);
      else flight.fail(code);
      return code === 'ENOTFOUND' ? 'it never left' : 'nobody heard it';
    }
    case 'error':
      return arrive(flight, errorAnswer(random.pick(ERRORS), random));
    case 'old page': {
      const old = random.maybe(olderAnswers(replica, flight, random.chance(0.7)));
      return arrive(flight, old ?? (await remembered(world, replica, flight)));
    }
    case 'half taken':
      return halfTaken(world, replica, flight);
    case 'pass':
      return arrive(flight, await remembered(world, replica, flight));
    case 'late':
      flight.answer = await remembered(world, replica, flight);
      return `${flight.answer.status}, still on its way`;
    case 'answer lost':
      await remembered(world, replica, flight);
      flight.fail('ECONNRESET');
      return 'the service acted';
    case 'cut': {
      const answer = await remembered(world, replica, flight);
      flight.arrive(answer, random.int(0, answer.body.length - 1));
      return 'the answer breaks off';
    }
    case 'twice':
      await remembered(world, replica, flight);
      return arrive(flight, await remembered(world, replica, flight));
    case 'spoilt': {
      const answer = await remembered(world, replica, flight);
      return arrive(flight, (answer.status === 200 ? spoil(random, answer) : undefined) ?? answer);
    }
    case 'newer service':
    case 'out of order': {
      const answer = await remembered(world, replica, flight);
      if (answer.status !== 200 || flight.route !== routes.pull) return arrive(flight, answer);
      if (fate === 'out of order') return arrive(flight, outOfOrder(random, answer));
      return arrive(flight, fromNewerService(random, answer, random.id(world.time.now())));
    }
  }
}

/** What the replica was answered before; `same`: to the same question if there is any such answer, which is the hardest to tell. */
function olderAnswers(replica: Replica, flight: Flight, same: boolean): Answered[] {
  if (flight.route !== routes.pull) return [];
  const pages = oldPages.get(replica) ?? [];
  const cursor = new URLSearchParams(flight.path.split('?')[1]).get('cursor');
  const alike = pages.filter(({ after }) => after === cursor);
  return (same && alike.length > 0 ? alike : pages).map(({ answer }) => answer);
}

function arrive(flight: Flight, answer: Answered): string {
  flight.arrive(answer);
  return String(answer.status);
}

/** Only the first of a batch's changes are taken, as by a service that dies in the middle, and nobody is told. */
async function halfTaken(world: World, replica: Replica, flight: Flight): Promise<string> {
  if (flight.route !== routes.push) return arrive(flight, await remembered(world, replica, flight));
  const request = JSON.parse(flight.body ?? '') as PushRequest;
  const mutations = request.mutations.slice(0, world.random.int(1, request.mutations.length));
  await serve(world, replica, { ...flight, body: JSON.stringify({ ...request, mutations }) });
  flight.fail('ECONNRESET');
  return `${mutations.length} of ${request.mutations.length} taken`;
}

async function remembered(world: World, replica: Replica, flight: Flight): Promise<Answered> {
  const answer = await serve(world, replica, flight);
  if (flight.route === routes.pull && answer.status === 200) {
    const { after } = JSON.parse(answer.body.toString()) as PullResponse;
    const pages = [...(oldPages.get(replica) ?? []), { answer, after }];
    // The beginnings of the feed stay: whoever reads all of it again asks for one of them once more.
    const late = pages.filter((page) => page.after !== null).slice(-MOST_OLD_PAGES);
    const first = pages.filter((page) => page.after === null).slice(0, MOST_OLD_PAGES);
    oldPages.set(replica, [...first, ...late]);
  }
  return answer;
}

async function answerPokes(world: World, replica: Replica, flight: Flight): Promise<void> {
  if (world.random.chance(0.4)) {
    flight.fail('ECONNREFUSED');
    world.note(`${replica.name} gets no stream of pokes`);
  } else {
    replica.poke = new PokeStream();
    flight.stream(replica.poke);
    world.note(`${replica.name} listens to pokes`);
  }
  await world.settle();
}
