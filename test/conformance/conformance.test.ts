import { afterAll, beforeAll, describe, it } from 'vitest';
import { startService, type RunningService } from '#test/support/service.ts';
import { makeAccount } from './accounts.ts';
import { runCase } from './case.ts';
import { suite } from './suite.ts';
import { personOf, World } from './world.ts';

let running: RunningService;
let world: World;

beforeAll(async () => {
  running = await startService();
  const person = async (email: string) => personOf(running.url, await makeAccount(running, email));
  world = new World(running.url, await person('one@example.org'), await person('other@example.org'));
});
afterAll(() => running.close());

for (const { title, cases } of suite)
  describe(title, () => {
    for (const one of cases) it(one.name, () => runCase(one, world));
  });
