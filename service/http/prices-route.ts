import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { PriceRequest, PriceResponse } from '#shared/protocol/prices.ts';
import { routes } from '#shared/protocol/routes.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import type { Parts } from './parts.ts';

/** Five hundred of the longest names in letters outside ASCII fit. */
const BODY_BYTES = 256 * 1024;

export function addPricesRoute(app: FastifyInstance, { prices, sessions }: Parts): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    routes.prices,
    {
      onRequest: sessionGuard(sessions),
      bodyLimit: BODY_BYTES,
      schema: {
        operationId: 'prices',
        summary: 'Ask what parts cost now',
        description:
          'One answer for each part, in their order; null for a part that the shop does not know or sell any more. Makers and references ' +
          'match however they are written. `at` says as of when a price is known.',
        tags: ['catalogue'],
        security: secured,
        body: PriceRequest,
        response: { 200: PriceResponse, ...errorReplies(400, 401, 413, 415, 426, 429) },
      },
    },
    async (request, reply) => {
      const said = await prices.pricesOf(sessionOf(request).accountKey, request.body.parts);
      return reply.header('cache-control', 'no-store').send({ prices: said.map((price) => price ?? null) });
    },
  );
}
