import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { MAX_PUSH_BYTES, PushRequest, PushResponse } from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import { push } from '../sync/push.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import type { Parts } from './parts.ts';

export function addPushRoute(app: FastifyInstance, { store, clock, sessions, pokes }: Parts): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    routes.push,
    {
      onRequest: sessionGuard(sessions),
      bodyLimit: MAX_PUSH_BYTES,
      schema: {
        operationId: 'push',
        summary: 'Send changes made on a device',
        description:
          'Takes mutations in the order of their `seq`, each exactly once: a request that is repeated, in whole or in part, answers the ' +
          'same outcomes and changes nothing more. A rejected mutation keeps its place and blocks nothing. The answer removes nothing ' +
          'from an outbox; only a pull with `lastSeq` does.',
        tags: ['sync'],
        security: secured,
        body: PushRequest,
        response: { 200: PushResponse, ...errorReplies(400, 401, 413, 415, 426, 429, 500) },
      },
    },
    async (request, reply) => {
      const { accountKey, id } = sessionOf(request);
      const { response, changed } = await push(store, clock, accountKey, request.body, (mutation, thrown) => {
        // The id finds the mutation in its table, with the replica and the number; its arguments are nobody's business.
        request.log.error({ err: thrown, mutation: mutation.id, name: mutation.name }, 'a mutator met a bug');
      });
      if (changed) pokes.poke(accountKey, id);
      return reply.header('cache-control', 'no-store').send(response);
    },
  );
}
