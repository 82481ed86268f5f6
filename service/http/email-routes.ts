import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { AccountSafety, EmailChange, EmailConfirmation, EmailConfirmed } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import { confirmEmail } from '../accounts/confirm-email.ts';
import { cancelEmailChange, requestEmailChange } from '../accounts/email-change.ts';
import { safetyOf } from '../accounts/safety.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import { unwrap } from './http-failure.ts';
import { networkOf } from './network.ts';
import type { Parts } from './parts.ts';
import { perMinute } from './rate-limits.ts';

/** An account moves to another address when both addresses have agreed. */
export function addEmailRoutes(app: FastifyInstance, parts: Parts): void {
  const { store, clock, sessions, pokes, limits } = parts;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const onRequest = sessionGuard(sessions);
  const config = { rateLimit: perMinute(limits.signInsPerMinute) };

  typed.post(
    routes.accountEmail,
    {
      onRequest,
      config,
      schema: {
        operationId: 'changeEmail',
        summary: 'Ask for another e-mail address',
        description:
          'Takes the password again. Both addresses get a mail; once both have confirmed, within 24 hours, the account moves. Answers alike whether the ' +
          'new address has an account or not. A second change replaces the first.',
        tags: ['account'],
        security: secured,
        body: EmailChange,
        response: { 202: AccountSafety, ...errorReplies(400, 401, 403, 413, 415, 426, 429, 503) },
      },
    },
    async (request, reply) => {
      const { accountKey } = sessionOf(request);
      unwrap(await requestEmailChange(parts, accountKey, request.body, networkOf(request.ip)));
      pokes.poke(accountKey);
      const safety = await safetyOf(store.db, clock, accountKey);
      return reply.code(202).header('cache-control', 'no-store').send(safety);
    },
  );

  typed.delete(
    routes.accountEmail,
    {
      onRequest,
      schema: {
        operationId: 'giveUpEmailChange',
        summary: 'Keep the present e-mail address',
        description:
          'The links of the mails are no longer good. Without a change that waits it does nothing.',
        tags: ['account'],
        security: secured,
        response: { 200: AccountSafety, ...errorReplies(400, 401, 426, 429) },
      },
    },
    async (request, reply) => {
      const { accountKey } = sessionOf(request);
      if (await cancelEmailChange(parts, accountKey)) pokes.poke(accountKey);
      const safety = await safetyOf(store.db, clock, accountKey);
      return reply.header('cache-control', 'no-store').send(safety);
    },
  );

  typed.post(
    routes.emailConfirmation,
    {
      config,
      schema: {
        operationId: 'confirmEmail',
        summary: 'Agree to a change of the e-mail address',
        description:
          'The token of a mail is the proof: good once, for 24 hours. Sessions go on, also with the last of the two confirmations.',
        tags: ['account'],
        security: [],
        body: EmailConfirmation,
        response: { 200: EmailConfirmed, ...errorReplies(400, 410, 413, 415, 426, 429) },
      },
    },
    async (request, reply) => {
      const state = unwrap(await confirmEmail(parts, request.body.token));
      return reply.header('cache-control', 'no-store').send({ state });
    },
  );
}
