import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { routes } from '#shared/protocol/routes.ts';
import { RefreshRequest, SignInRequest, SignInResponse, Tokens } from '#shared/protocol/sessions.ts';
import { signIn } from '../accounts/sign-in.ts';
import { errorReplies, secured } from './documentation.ts';
import { sessionGuard, sessionOf } from './guards.ts';
import { unwrap } from './http-failure.ts';
import { networkOf } from './network.ts';
import type { Parts } from './parts.ts';
import { perMinute } from './rate-limits.ts';

export function addSessionRoutes(app: FastifyInstance, parts: Parts): void {
  const { sessions, pokes, limits } = parts;
  const typed = app.withTypeProvider<ZodTypeProvider>();

  typed.post(
    routes.signIn,
    {
      config: { rateLimit: perMinute(limits.signInsPerMinute) },
      schema: {
        operationId: 'signIn',
        summary: 'Sign in',
        description:
          'Answers alike for a wrong password and for an address without an account. Repeated failures make the next attempt wait. ' +
          'The `deviceSecret` is the same at every sign-in to the account and told by no other request.',
        tags: ['sessions'],
        security: [],
        body: SignInRequest,
        response: { 201: SignInResponse, ...errorReplies(400, 401, 413, 415, 426, 429, 503) },
      },
    },
    async (request, reply) => {
      const answer = unwrap(await signIn(parts, request.body, networkOf(request.ip)));
      return reply.code(201).header('cache-control', 'no-store').send(answer);
    },
  );

  typed.post(
    routes.refresh,
    {
      config: { rateLimit: perMinute(limits.refreshesPerMinute) },
      schema: {
        operationId: 'refreshSession',
        summary: 'Exchange a refresh token for new tokens',
        description:
          'A refresh token is used once. The same request within 10 seconds answers the same successor, in case the answer got lost; ' +
          'any later use of a used token ends the session.',
        tags: ['sessions'],
        security: [],
        body: RefreshRequest,
        response: { 200: Tokens, ...errorReplies(400, 401, 413, 415, 426, 429) },
      },
    },
    async (request, reply) => {
      const tokens = unwrap(await sessions.refresh(request.body.refreshToken));
      return reply.header('cache-control', 'no-store').send(tokens);
    },
  );

  typed.delete(
    routes.currentSession,
    {
      onRequest: sessionGuard(sessions),
      schema: {
        operationId: 'signOut',
        summary: 'End the session of the access token',
        description: 'Ends all its tokens and closes its streams.',
        tags: ['sessions'],
        security: secured,
        response: {
          204: z.undefined().describe('The session has ended.'),
          ...errorReplies(400, 401, 426, 429),
        },
      },
    },
    async (request, reply) => {
      const { accountKey, id } = sessionOf(request);
      await sessions.end(accountKey, { only: id });
      pokes.poke(accountKey);
      return reply.code(204).send();
    },
  );
}
