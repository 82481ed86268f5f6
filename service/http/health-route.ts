import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Health } from '#shared/protocol/health.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_VERSION, SERVICE_NAME } from '#shared/protocol/version.ts';
import manifest from '../../package.json' with { type: 'json' };
import { errorReplies } from './documentation.ts';
import { OLDEST_PROTOCOL } from './guards.ts';
import type { Parts } from './parts.ts';

export function addHealthRoute(app: FastifyInstance, { store }: Parts): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    routes.health,
    {
      schema: {
        operationId: 'health',
        summary: 'Whether the service can answer',
        description: 'Needs no session and no protocol header. It is ok only when the database answers.',
        tags: ['service'],
        security: [],
        response: { 200: Health, ...errorReplies(429, 500) },
      },
    },
    async (_request, reply) => {
      await store.db.selectFrom('meta').select('name').limit(1).execute();
      return reply.header('cache-control', 'no-store').send({
        service: SERVICE_NAME,
        status: 'ok',
        version: manifest.version,
        protocol: { min: OLDEST_PROTOCOL, max: PROTOCOL_VERSION },
      });
    },
  );
}
