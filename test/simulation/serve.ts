import { routes } from '#shared/protocol/routes.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import type { PushRequest, PushResponse } from '#shared/protocol/push.ts';
import type { Account } from './account.ts';
import type { Answered } from './live-service.ts';
import type { Flight } from './network.ts';
import { checkLastPage, notePage } from './pages.ts';
import type { Replica } from './replica.ts';
import { demand } from './violation.ts';
import type { World } from './world.ts';

/** The service gets the request. What it does is compared with what the model makes of the same. */
export async function serve(world: World, replica: Replica, flight: Flight): Promise<Answered> {
  // However much an engine asks for, the service may give less.
  const path = flight.path.replace(/limit=\d+/, `limit=${world.weather.page}`);
  const answer = await world.service.ask({ ...flight, path });
  demand(
    answer.status !== 500,
    0,
    () =>
      `the service met a bug at ${flight.route}: ${answer.body.toString().slice(0, 300)} ${flight.body ?? ''}`,
  );
  if (answer.status === 400 || answer.status === 413)
    demand(
      false,
      0,
      `${replica.name} asked something that the contract forbids: ${answer.body.toString().slice(0, 300)}`,
    );
  if (answer.status !== 200) return answer;
  const { account } = replica;
  if (flight.route === routes.push) {
    const request = JSON.parse(flight.body ?? '') as PushRequest;
    comparePush(account, request, JSON.parse(answer.body.toString()) as PushResponse);
  } else if (flight.route === routes.pull) {
    const page = JSON.parse(answer.body.toString()) as PullResponse;
    for (const { id } of page.changes) world.own(account, id);
    notePage(replica.disk, page);
    const replicaId = new URL(flight.path, 'http://x').searchParams.get('replicaId') ?? '';
    if (!account.silent) checkLastPage(replica.disk, page, account.model, replicaId);
  }
  return answer;
}

function comparePush(account: Account, request: PushRequest, response: PushResponse): void {
  const before = account.model.verdicts;
  const expected = account.model.push(request);
  const told = response.outcomes.map(
    (one) => `${one.seq} ${one.outcome === 'applied' ? 'applied' : `rejected ${one.kind}`}`,
  );
  const { stopped } = response;
  const end =
    stopped === undefined ? '' : stopped.kind === 'gap' ? `gap ${stopped.expected}` : `forked ${stopped.seq}`;
  const actual = `${told.join(', ')}; last ${response.lastSeq}; ${end}`;
  demand(actual === expected, 2, `the service answers a push with "${actual}" instead of "${expected}"`);
  for (const { id, name } of request.mutations) {
    const verdict = account.model.verdicts.get(id);
    if (verdict === undefined) continue;
    if (!before.has(id)) account.takenAs.set(id, name);
    account.everVerdicts.set(id, (account.everVerdicts.get(id) ?? new Set()).add(verdict));
  }
}
