import assert from 'node:assert/strict';
import { createParser } from 'eventsource-parser';
import { routes } from '#shared/protocol/routes.ts';
import { group } from '../case.ts';
import { ask } from '../http.ts';
import type { World } from '../world.ts';

/** A poke that takes longer is lost. */
const POKE_MS = 10_000;
const MOST_LATE = 4;

interface Stream {
  /** Waits for a poke that has not been waited for yet. */
  poke(): Promise<void>;
  /** Pokes that came and were not waited for. */
  waiting(): number;
}

async function listen(world: World, token: string): Promise<Stream> {
  const abort = new AbortController();
  world.afterwards(() => {
    abort.abort();
    return Promise.resolve();
  });
  const late = setTimeout(() => abort.abort(), POKE_MS);
  const response = await ask(world.service, routes.pokes, { token, signal: abort.signal });
  clearTimeout(late);
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  let waiting = 0;
  let wake: () => void = () => undefined;
  const parser = createParser({
    onEvent: ({ event }) => {
      if (event !== 'poke') return;
      waiting += 1;
      wake();
    },
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(value);
    }
  };
  // The abort above ends it.
  read().catch(() => undefined);
  return {
    waiting: () => waiting,
    async poke() {
      if (waiting === 0) {
        await new Promise<void>((resolve, reject) => {
          const late = setTimeout(() => reject(new Error('no poke came')), POKE_MS);
          wake = () => {
            clearTimeout(late);
            resolve();
          };
        });
      }
      waiting -= 1;
    },
  };
}

export const pokes = group('Pokes', {
  'come at once, so that nothing between the last pull and the stream is missed': async (world) => {
    const stream = await listen(world, world.one.elsewhere.accessToken);
    await stream.poke();
  },

  'come to the other sessions of an account when it changes, after the change can be read': async (world) => {
    const stream = await listen(world, world.one.elsewhere.accessToken);
    await stream.poke();
    const id = await world.basket(world.replica());
    await stream.poke();
    const { service, one } = world;
    const elsewhere = world.replica({ ...one, session: one.elsewhere });
    await elsewhere.pull();
    assert.equal(elsewhere.known('basket', id)?.name, 'Conformance', service);
  },

  'do not come to other accounts': async (world) => {
    const mine = await listen(world, world.one.elsewhere.accessToken);
    const theirs = await listen(world, world.other.elsewhere.accessToken);
    await mine.poke();
    await theirs.poke();
    // A poke too many may come late for what happened to them before, but not one for each change of somebody else.
    for (let change = 0; change < MOST_LATE; change += 1) {
      const before = theirs.waiting();
      await world.basket(world.replica());
      await mine.poke();
      // A whole exchange later it would be there.
      await world.replica(world.other).pull();
      if (theirs.waiting() === before) return;
    }
    assert.fail('they got a poke with each change of another account');
  },
});
