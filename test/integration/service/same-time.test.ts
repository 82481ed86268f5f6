import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD_COST } from '#service/accounts/passwords.ts';
import { routes } from '#shared/protocol/routes.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, device, manualClock } from './client.ts';

const ROUNDS = 15;
const HOUR_MS = 3_600_000;
const [HAS, WAITS] = ['has@example.org', 'waits@example.org'];
const clock = manualClock();
let running: RunningService;

const person = (email: string) => ({
  kind: 'private',
  email,
  password: 'cheval correct, pile 4',
  firstName: 'Léa',
  lastName: 'Roux',
  language: 'fr',
  consents: {},
});

beforeAll(async () => {
  running = await startService({ clock, passwordCost: PASSWORD_COST });
  await running.createAccount({ email: HAS, password: 'right' });
  await call(running.url, routes.signUp, { json: person(WAITS) });
});
afterAll(() => running.close());

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** How long an answer takes for each kind of address: interleaved, so that whatever else the machine does strikes all alike. */
async function mediansOf(
  ask: (email: string) => Promise<Response>,
  nobody: (round: number) => string = (round) => `never-${round}@example.org`,
) {
  const times: Record<'has' | 'waits' | 'never', number[]> = { has: [], waits: [], never: [] };
  for (let i = 0; i < ROUNDS; i += 1)
    for (const [kind, email] of [
      ['has', HAS],
      ['waits', WAITS],
      ['never', nobody(i)],
    ] as const) {
      // So that no wait is left over.
      clock.advance(HOUR_MS);
      const start = performance.now();
      const response = await ask(email);
      times[kind].push(performance.now() - start);
      await response.arrayBuffer();
    }
  return [median(times.has), median(times.waits), median(times.never)] as const;
}

it.each([
  [
    'a wrong password',
    (email: string) => call(running.url, routes.signIn, { json: { email, password: 'wrong', device } }),
  ],
  ['signing up', (email: string) => call(running.url, routes.signUp, { json: person(email) })],
])('%s takes as long for an account, a wish for one, and nobody', async (_name, ask) => {
  const medians = await mediansOf(ask);
  // Without a computation of the hash one of them would take a tenth of the others.
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(2);
  expect(Math.min(...medians)).toBeGreaterThan(2);
});

it.each([
  ['a mail for a new password', routes.resetMail, (email: string) => ({ email, language: 'fr' })],
  ['the mail of a sign-up again', routes.activationMail, (email: string) => ({ email, language: 'fr' })],
  ['activation by a guessed code', routes.activation, (email: string) => ({ email, code: 'AAAA2222' })],
  [
    'a new password by a guessed code',
    routes.resetPassword,
    (email: string) => ({ proof: { email, code: 'AAAA2222' }, password: 'cheval correct, pile 4' }),
  ],
])('asking for %s takes as long, and answers the same', async (_name, path, json) => {
  const answers: string[] = [];
  const medians = await mediansOf(
    async (email) => {
      const response = await call(running.url, path, { json: json(email) });
      answers.push(`${response.status} ${withoutId(await response.clone().text())}`);
      return response;
    },
    () => 'nobody@example.org',
  );
  // The waits between two mails grow, and for each address alike.
  for (let at = 0; at < answers.length; at += 3) expect(new Set(answers.slice(at, at + 3)).size).toBe(1);
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(2);
});

/** Each answer to a failure has an id of its own. */
const withoutId = (text: string): string => text.replace(/"requestId":"[^"]*"/, '');
