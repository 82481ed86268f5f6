import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Uuid } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { readRange, readWhole, type StoredDocument } from '../documents/invoice-documents.ts';
import { etagMatches, parseRange } from './conditions.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import { HttpFailure, unwrap } from './http-failure.ts';
import type { Parts } from './parts.ts';

const pdf = (description: string) => ({
  description,
  content: { 'application/pdf': { schema: z.string().meta({ format: 'binary' }) } },
});

/** The number is ours, but a header must not break whatever it holds (RFC 6266). */
const fileName = (number: string) => `${number.replace(/[^\w.-]+/g, '-')}.pdf`;

function describe(reply: FastifyReply, document: StoredDocument): void {
  reply
    .header('etag', `"${document.sha256}"`)
    .header('accept-ranges', 'bytes')
    // For the app that asked alone, and checked again each time: the bytes never change, but the right to them may.
    .header('cache-control', 'private, no-cache')
    .header('content-disposition', `attachment; filename="${fileName(document.number)}"`);
}

export function addInvoiceRoute(app: FastifyInstance, { sessions, documents }: Parts): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    routes.invoicePdf(':id'),
    {
      onRequest: sessionGuard(sessions),
      schema: {
        operationId: 'invoicePdf',
        summary: 'The PDF of an invoice or a credit note',
        description:
          'Its bytes never change. The entity tag is their SHA-256 in hex, so that a download can be checked.',
        tags: ['invoices'],
        security: secured,
        params: z.object({ id: Uuid }),
        headers: z.looseObject({
          range: z.string().optional().describe('One range of bytes.'),
          'if-range': z.string().optional(),
          'if-none-match': z.string().optional(),
        }),
        response: {
          200: pdf('The whole file.'),
          206: pdf('The range asked for.'),
          304: z.undefined().describe('Unchanged.'),
          ...errorReplies(400, 401, 404, 416, 426, 429),
        },
      },
    },
    async (request, reply) => {
      const document = unwrap(await documents.find(sessionOf(request).accountKey, request.params.id));
      const { path, size, sha256 } = document;
      const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
      describe(reply, document);
      if (ifNoneMatch !== undefined && etagMatches(ifNoneMatch, sha256)) return reply.code(304).send();
      // If-Range compares strongly: only the very tag will do (RFC 9110, 13.1.5).
      const wanted = ifRange === undefined || ifRange === `"${sha256}"` ? parseRange(range, size) : undefined;
      if (wanted === 'unsatisfiable')
        throw new HttpFailure(
          { kind: 'range_not_satisfiable', message: 'The file ends before that range.' },
          { 'content-range': `bytes */${size}` },
        );
      reply.type('application/pdf');
      // Bytes pass the serializer by, which is what their type cannot say.
      if (!wanted) return reply.send((await readWhole(path)) as never);
      return reply
        .code(206)
        .header('content-range', `bytes ${wanted.start}-${wanted.end}/${size}`)
        .send((await readRange(path, wanted.start, wanted.end)) as never);
    },
  );
}
