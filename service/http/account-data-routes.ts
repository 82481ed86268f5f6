import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { AccountData, ConsentHistory } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import { accountData } from '../accounts/account-data.ts';
import { consentsOf } from '../accounts/consents.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import type { Parts } from './parts.ts';
import { perMinute } from './rate-limits.ts';

/** What is kept of an account, for its owner to see. */
export function addAccountDataRoutes(app: FastifyInstance, parts: Parts): void {
  const { store, sessions, limits } = parts;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const onRequest = sessionGuard(sessions);

  typed.get(
    routes.accountConsents,
    {
      onRequest,
      schema: {
        operationId: 'consentHistory',
        summary: 'Every choice about consents that was ever made',
        description: 'The newest first; each with its moment and where it was made.',
        tags: ['account'],
        security: secured,
        response: { 200: ConsentHistory, ...errorReplies(400, 401, 426, 429) },
      },
    },
    async (request, reply) => {
      const choices = await consentsOf(store.db, sessionOf(request).accountKey);
      return reply.header('cache-control', 'no-store').send({ choices });
    },
  );

  typed.get(
    routes.accountData,
    {
      onRequest,
      config: { rateLimit: perMinute(limits.exportsPerMinute) },
      schema: {
        operationId: 'accountData',
        summary: 'What is kept of the account beyond the feed',
        description:
          'For an export of everything: the account, its sessions, consents and mails, without their words. A few times a minute.',
        tags: ['account'],
        security: secured,
        response: { 200: AccountData, ...errorReplies(400, 401, 426, 429) },
      },
    },
    async (request, reply) => {
      const data = await accountData(parts, sessionOf(request));
      return reply.header('cache-control', 'no-store').send(data);
    },
  );
}
