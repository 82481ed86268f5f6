import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { PullQuery, PullResponse } from '#shared/protocol/pull.ts';
import { routes } from '#shared/protocol/routes.ts';
import { pull } from '../sync/pull.ts';
import { chooseEncoding, compress } from './compression.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import { unwrap } from './http-failure.ts';
import { errorReplies, secured } from './documentation.ts';
import type { Parts } from './parts.ts';

/** Below this, the headers of a compressed reply cost what it saves. */
const WORTH_COMPRESSING = 1024;
const OPENING = Buffer.from('{"changes":[');

/** Sends the parts as they are: joined first, every page would be copied once more. */
function sendParts(reply: FastifyReply, parts: Buffer[]): void {
  reply.header(
    'content-length',
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  raw.cork();
  for (const part of parts) raw.write(part);
  raw.end();
}

export function addPullRoute(app: FastifyInstance, { store, sessions }: Parts): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    routes.pull,
    {
      onRequest: sessionGuard(sessions),
      schema: {
        operationId: 'pull',
        summary: 'Read one page of the change feed',
        description:
          'Without a cursor: a snapshot, newest first, then the changes made since it began. With one: the changes since. ' +
          'Apply a page and store its cursor in one transaction.',
        tags: ['sync'],
        security: secured,
        querystring: PullQuery,
        response: { 200: PullResponse, ...errorReplies(400, 401, 410, 426, 429) },
      },
    },
    async (request, reply) => {
      const { changes, rest } = unwrap(await pull(store, sessionOf(request).accountKey, request.query));
      // The changes are stored as the wire carries them; only the envelope is written here.
      const parts = [OPENING, changes, Buffer.from(`],${JSON.stringify(rest).slice(1)}`)];
      reply
        .type('application/json; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('vary', 'accept-encoding');
      const encoding =
        changes.length < WORTH_COMPRESSING ? undefined : chooseEncoding(request.headers['accept-encoding']);
      if (!encoding) {
        sendParts(reply, parts);
        return reply;
      }
      const packed = await compress(encoding, Buffer.concat(parts));
      // Bytes pass the serializer by, which is what their type cannot say.
      return reply.header('content-encoding', encoding).send(packed as never);
    },
  );
}
