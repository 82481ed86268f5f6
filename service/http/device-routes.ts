import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Uuid } from '#shared/domain/ids.ts';
import { SessionList } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import { listSessions } from '../accounts/session-list.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import { HttpFailure } from './http-failure.ts';
import type { Parts } from './parts.ts';

/** Where an account is signed in, and signing out from afar. */
export function addDeviceRoutes(app: FastifyInstance, { store, clock, sessions, pokes }: Parts): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const onRequest = sessionGuard(sessions);

  typed.get(
    routes.sessions,
    {
      onRequest,
      schema: {
        operationId: 'listSessions',
        summary: 'The sessions of the account that go on',
        description: 'The newest seen first; when a session was last seen is known to the minute.',
        tags: ['sessions'],
        security: secured,
        response: { 200: SessionList, ...errorReplies(400, 401, 426, 429) },
      },
    },
    async (request, reply) => {
      const { accountKey, id } = sessionOf(request);
      const sessions = await listSessions(store.db, clock, accountKey, id);
      return reply.header('cache-control', 'no-store').send({ sessions });
    },
  );

  typed.delete(
    routes.otherSessions,
    {
      onRequest,
      schema: {
        operationId: 'endOtherSessions',
        summary: 'End all sessions of the account but the asking one',
        description: 'Ends their tokens and closes their streams.',
        tags: ['sessions'],
        security: secured,
        response: {
          204: z.undefined().describe('They have ended.'),
          ...errorReplies(400, 401, 426, 429),
        },
      },
    },
    async (request, reply) => {
      const { accountKey, id } = sessionOf(request);
      await sessions.end(accountKey, { allBut: id });
      pokes.poke(accountKey);
      return reply.code(204).send();
    },
  );

  typed.delete(
    routes.session(':id'),
    {
      onRequest,
      schema: {
        operationId: 'endSession',
        summary: 'End one session of the account',
        description: 'Ends its tokens and closes its streams; it may be the asking one.',
        tags: ['sessions'],
        security: secured,
        params: z.object({ id: Uuid }),
        response: {
          204: z.undefined().describe('It has ended.'),
          ...errorReplies(400, 401, 404, 426, 429),
        },
      },
    },
    async (request, reply) => {
      const { accountKey } = sessionOf(request);
      const [ended] = await sessions.end(accountKey, { only: request.params.id });
      if (ended === undefined)
        throw new HttpFailure({ kind: 'not_found', message: 'No such session that goes on.' });
      pokes.poke(accountKey);
      return reply.code(204).send();
    },
  );
}
