import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Uuid } from '#shared/domain/ids.ts';
import { AccountSafety, PasswordChange, SignInVerdict } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import { answerAlarm } from '../accounts/alarms.ts';
import { changePassword } from '../accounts/change-password.ts';
import { safetyOf } from '../accounts/safety.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import { unwrap } from './http-failure.ts';
import { networkOf } from './network.ts';
import type { Parts } from './parts.ts';
import { perMinute } from './rate-limits.ts';

/** How safe an account is, and what makes it safer. */
export function addSafetyRoutes(app: FastifyInstance, parts: Parts): void {
  const { store, clock, sessions, pokes, limits } = parts;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const onRequest = sessionGuard(sessions);

  typed.get(
    routes.account,
    {
      onRequest,
      schema: {
        operationId: 'accountSafety',
        summary: 'What only the service knows of the account',
        description:
          'Its address and its password, a sign-in that looks suspicious, what waits to be done to it. A poke tells that it changed.',
        tags: ['account'],
        security: secured,
        response: { 200: AccountSafety, ...errorReplies(400, 401, 426, 429) },
      },
    },
    async (request, reply) => {
      const safety = await safetyOf(store.db, clock, sessionOf(request).accountKey);
      return reply.header('cache-control', 'no-store').send(safety);
    },
  );

  typed.post(
    routes.accountPassword,
    {
      onRequest,
      config: { rateLimit: perMinute(limits.signInsPerMinute) },
      schema: {
        operationId: 'changePassword',
        summary: 'Change the password',
        description:
          'Takes the present one, also from a session. Wrong ones make the next attempt wait. The asking session goes on; the owner is told by mail.',
        tags: ['account'],
        security: secured,
        body: PasswordChange,
        response: {
          204: z.undefined().describe('It was changed.'),
          ...errorReplies(400, 401, 403, 413, 415, 422, 426, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      unwrap(await changePassword(parts, session, request.body, networkOf(request.ip)));
      pokes.poke(session.accountKey);
      return reply.code(204).send();
    },
  );

  typed.post(
    routes.suspiciousSignIn(':id'),
    {
      onRequest,
      schema: {
        operationId: 'answerSuspiciousSignIn',
        summary: 'Say whether a suspicious sign-in was one’s own',
        description: 'If it was not, its session ends, and the warning stays until the password is changed.',
        tags: ['account'],
        security: secured,
        params: z.object({ id: Uuid }),
        body: SignInVerdict,
        response: {
          204: z.undefined().describe('It was answered.'),
          ...errorReplies(400, 401, 404, 413, 415, 426, 429),
        },
      },
    },
    async (request, reply) => {
      const { accountKey } = sessionOf(request);
      unwrap(await answerAlarm(parts, accountKey, request.params.id, request.body.mine));
      pokes.poke(accountKey);
      return reply.code(204).send();
    },
  );
}
