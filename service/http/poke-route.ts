import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { routes } from '#shared/protocol/routes.ts';
import type { Session } from '../accounts/sessions.ts';
import type { PokeStream } from '../sync/pokes.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import { HttpFailure } from './http-failure.ts';
import type { Parts } from './parts.ts';

/** An event without data is not dispatched (HTML standard, 9.2.6), so it carries one that means nothing. */
const POKE = 'event: poke\ndata: 1\n\n';
const HEARTBEAT = ': beat\n\n';
/** Unread bytes after which nobody is listening any more. */
const DEAF_AFTER_BYTES = 4096;

function streamTo(response: ServerResponse, session: Session): PokeStream {
  const write = (text: string) => {
    if (response.writableLength > DEAF_AFTER_BYTES) response.destroy();
    else response.write(text);
  };
  return {
    accountKey: session.accountKey,
    sessionId: session.id,
    poke: () => write(POKE),
    beat: (now) => (now >= session.expiresAt ? response.end() : write(HEARTBEAT)),
    end: () => response.end(),
  };
}

export function addPokeRoute(app: FastifyInstance, { sessions, pokes }: Parts): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    routes.pokes,
    {
      onRequest: sessionGuard(sessions),
      schema: {
        operationId: 'pokes',
        summary: 'Listen for "something changed, pull"',
        description:
          'Server-sent events: one poke at once, then one after each change; a comment at least every 20 seconds. ' +
          'Pokes carry no data and may be merged. The stream ends with the session.',
        tags: ['sync'],
        security: secured,
        response: {
          200: {
            description: 'The stream.',
            content: { 'text/event-stream': { schema: z.string().meta({ examples: [POKE] }) } },
          },
          ...errorReplies(400, 401, 426, 429),
        },
      },
    },
    (request, reply) => {
      const stream = streamTo(reply.raw, sessionOf(request));
      if (!pokes.add(stream))
        throw new HttpFailure({
          kind: 'throttled',
          message: 'Too many open streams.',
          retryAfterSeconds: 60,
        });
      reply.header('content-type', 'text/event-stream').header('cache-control', 'no-store');
      reply.hijack();
      reply.raw.on('close', () => pokes.remove(stream));
      reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
      // Whatever changed between the last pull and now is not missed.
      stream.poke();
    },
  );
}
