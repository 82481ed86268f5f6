import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { routes } from '#shared/protocol/routes.ts';
import {
  MailOnItsWay,
  MailProof,
  MailRequest,
  ResetRequest,
  SignUpRequest,
} from '#shared/protocol/sign-up.ts';
import { activate } from '../accounts/activate.ts';
import { askForMail } from '../accounts/ask-mail.ts';
import { resetPassword } from '../accounts/reset-password.ts';
import { signUp } from '../accounts/sign-up.ts';
import { errorReplies } from './documentation.ts';
import { unwrap } from './http-failure.ts';
import { networkOf } from './network.ts';
import type { Parts } from './parts.ts';
import { perMinute } from './rate-limits.ts';

const SAME_FOR_ALL = 'Answers alike, in words and in time, whether the address has an account or not.';

/** What people do before they are signed in: they have an account made, activate it, and set a password that they forgot. */
export function addAccountRoutes(app: FastifyInstance, parts: Parts): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const config = { rateLimit: perMinute(parts.limits.signInsPerMinute) };
  const common = { tags: ['accounts'], security: [] };

  typed.post(
    routes.signUp,
    {
      config,
      schema: {
        ...common,
        operationId: 'signUp',
        summary: 'Ask for an account',
        description: `${SAME_FOR_ALL} A mail goes to the address: an activation, or word that there is an account already. The account exists from its activation on.`,
        body: SignUpRequest,
        response: { 202: MailOnItsWay, ...errorReplies(400, 413, 415, 422, 426, 429, 503) },
      },
    },
    async (request, reply) => {
      const answer = unwrap(await signUp(parts, request.body, networkOf(request.ip)));
      return reply.code(202).header('cache-control', 'no-store').send(answer);
    },
  );

  typed.post(
    routes.activation,
    {
      config,
      schema: {
        ...common,
        operationId: 'activateAccount',
        summary: 'Activate an account',
        description:
          'By the token of the mail’s link, or by the code beside it with the address. Each is good once, for 24 hours.',
        body: MailProof,
        response: {
          204: z.undefined().describe('The account can be signed in to.'),
          ...errorReplies(400, 410, 413, 415, 426, 429),
        },
      },
    },
    async (request, reply) => {
      unwrap(await activate(parts, request.body, networkOf(request.ip)));
      return reply.code(204).header('cache-control', 'no-store').send();
    },
  );

  for (const [asked, route, summary] of [
    ['activation', routes.activationMail, 'Send the activation mail again'],
    ['reset', routes.resetMail, 'Send a mail that leads to a new password'],
  ] as const)
    typed.post(
      route,
      {
        config,
        schema: {
          ...common,
          operationId: `${asked}Mail`,
          summary,
          description: SAME_FOR_ALL,
          body: MailRequest,
          response: { 202: MailOnItsWay, ...errorReplies(400, 413, 415, 426, 429) },
        },
      },
      async (request, reply) => {
        const answer = unwrap(await askForMail(parts, asked, request.body, networkOf(request.ip)));
        return reply.code(202).header('cache-control', 'no-store').send(answer);
      },
    );

  typed.post(
    routes.resetPassword,
    {
      config,
      schema: {
        ...common,
        operationId: 'resetPassword',
        summary: 'Set a forgotten password anew',
        description:
          'By the token of the mail’s link, or by the code beside it with the address. Each is good once, for 30 minutes. Ends every session of ' +
          'the account and tells its owner by mail. A password that the rule refuses does not use it up.',
        body: ResetRequest,
        response: {
          204: z.undefined().describe('The new password is the one to sign in with.'),
          ...errorReplies(400, 410, 413, 415, 422, 426, 429, 503),
        },
      },
    },
    async (request, reply) => {
      unwrap(await resetPassword(parts, request.body, networkOf(request.ip)));
      return reply.code(204).header('cache-control', 'no-store').send();
    },
  );
}
