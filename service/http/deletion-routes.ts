import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { AccountSafety, DeletionRequest } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import { requestDeletion, takeDeletionBack } from '../accounts/deletion.ts';
import { safetyOf } from '../accounts/safety.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import { unwrap } from './http-failure.ts';
import { networkOf } from './network.ts';
import type { Parts } from './parts.ts';
import { perMinute } from './rate-limits.ts';

/** The end of an account, with thirty days to change one's mind. */
export function addDeletionRoutes(app: FastifyInstance, parts: Parts): void {
  const { store, clock, sessions, pokes, limits } = parts;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const onRequest = sessionGuard(sessions);

  typed.post(
    routes.accountDeletion,
    {
      onRequest,
      config: { rateLimit: perMinute(limits.signInsPerMinute) },
      schema: {
        operationId: 'deleteAccount',
        summary: 'Have the account deleted in thirty days',
        description:
          'Takes the password again. Until then nothing changes, and it can be taken back; asked again, the day stays. Invoices are kept apart for as long as ' +
          'the law asks of the seller.',
        tags: ['account'],
        security: secured,
        body: DeletionRequest,
        response: { 200: AccountSafety, ...errorReplies(400, 401, 403, 413, 415, 426, 429, 503) },
      },
    },
    async (request, reply) => {
      const { accountKey } = sessionOf(request);
      unwrap(await requestDeletion(parts, accountKey, request.body.password, networkOf(request.ip)));
      pokes.poke(accountKey);
      const safety = await safetyOf(store.db, clock, accountKey);
      return reply.header('cache-control', 'no-store').send(safety);
    },
  );

  typed.delete(
    routes.accountDeletion,
    {
      onRequest,
      schema: {
        operationId: 'keepAccount',
        summary: 'Keep the account after all',
        description: 'Without a deletion that waits it does nothing.',
        tags: ['account'],
        security: secured,
        response: { 200: AccountSafety, ...errorReplies(400, 401, 426, 429) },
      },
    },
    async (request, reply) => {
      const { accountKey } = sessionOf(request);
      if (await takeDeletionBack(parts, accountKey)) pokes.poke(accountKey);
      const safety = await safetyOf(store.db, clock, accountKey);
      return reply.header('cache-control', 'no-store').send(safety);
    },
  );
}
