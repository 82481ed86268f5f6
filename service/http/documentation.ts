import swagger, { type SwaggerTransform } from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AccountData,
  AccountSafety,
  ConsentHistory,
  DeletionRequest,
  EmailChange,
  EmailConfirmation,
  EmailConfirmed,
  PasswordChange,
  SessionInfo,
  SessionList,
  SignInVerdict,
} from '#shared/protocol/account.ts';
import { ServiceError } from '#shared/protocol/errors.ts';
import { Health } from '#shared/protocol/health.ts';
import { PriceRequest, PriceResponse } from '#shared/protocol/prices.ts';
import { Change, PullResponse, Rejection } from '#shared/protocol/pull.ts';
import { Mutation, MutationOutcome, PushRequest, PushResponse } from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import { RefreshRequest, SignInRequest, SignInResponse, Tokens } from '#shared/protocol/sessions.ts';
import { MailOnItsWay, MailRequest, ResetRequest, SignUpRequest } from '#shared/protocol/sign-up.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import manifest from '../../package.json' with { type: 'json' };
import { examples } from './examples.ts';

export const secured = [{ accessToken: [] }];

const reasons = {
  400: 'The request is malformed, or the protocol header is missing.',
  401: 'The credentials are wrong, or the token is unknown, used or expired.',
  403: 'The password that confirms it is wrong, or the account is not activated.',
  404: 'It does not exist, or it belongs to another account.',
  410: 'What it refers to is over: the cursor (read everything again), or the link or code of a mail.',
  413: 'The body is too large.',
  415: 'The body is not application/json.',
  416: 'The file ends before the range.',
  422: 'The rule for passwords refuses the new one.',
  426: 'The protocol version is not spoken here.',
  429: 'Too many attempts or requests; wait as Retry-After says.',
  500: 'A bug of the service; it was noted under the request id.',
  503: 'Not now; wait as Retry-After says.',
} as const;

/** The error replies of a route, for its documentation: all have the one shape. */
export function errorReplies(...statuses: (keyof typeof reasons)[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: reasons[status], content: { 'application/json': { schema: ServiceError } } },
    ]),
  );
}

const registry = z.registry<{ id: string; [key: string]: unknown }>();
for (const [id, schema] of Object.entries({
  ServiceError,
  Health,
  Change,
  Rejection,
  PullResponse,
  Mutation,
  MutationOutcome,
  PushRequest,
  PushResponse,
  PriceRequest,
  PriceResponse,
  SignInRequest,
  SignInResponse,
  Tokens,
  RefreshRequest,
  SignUpRequest,
  MailOnItsWay,
  MailRequest,
  ResetRequest,
  SessionInfo,
  SessionList,
  AccountSafety,
  PasswordChange,
  EmailChange,
  EmailConfirmation,
  EmailConfirmed,
  SignInVerdict,
  DeletionRequest,
  ConsentHistory,
  AccountData,
})) {
  registry.add(schema, { id, ...examples[id as keyof typeof examples] });
}

const describeSchemas = createJsonSchemaTransform({ schemaRegistry: registry });

const collectSchemas = createJsonSchemaTransformObject({ schemaRegistry: registry });

/**
 * Every schema is collected twice, as read and, under its name + `Input`, as written. Each of ours goes one way only: it keeps the form that
 * is used, under its own name.
 */
function nameOnce(document: ReturnType<typeof collectSchemas>): ReturnType<typeof collectSchemas> {
  const text = JSON.stringify(document);
  const whole = JSON.parse(text.replace(/(#\/components\/schemas\/\w+?)Input"/g, '$1"')) as typeof document;
  const schemas = (whole as { components: { schemas: Record<string, unknown> } }).components.schemas;
  for (const [name, schema] of Object.entries(schemas)) {
    if (!name.endsWith('Input')) continue;
    if (text.includes(`#/components/schemas/${name}"`)) schemas[name.slice(0, -'Input'.length)] = schema;
    delete schemas[name];
  }
  return whole;
}

/** The routes' own description, and the header that a guard asks of all of them. */
const transform: SwaggerTransform = (route) => {
  const described = describeSchemas(route);
  if (!route.url.startsWith('/v1/')) return described;
  const headers = (described.schema.headers ?? { type: 'object', properties: {} }) as { properties: object };
  const protocol = {
    type: 'integer',
    minimum: 1,
    description: 'The version of the contract.',
    example: PROTOCOL_VERSION,
  };
  described.schema.headers = {
    ...headers,
    properties: { [PROTOCOL_HEADER]: protocol, ...headers.properties },
    required: [PROTOCOL_HEADER],
  };
  return described;
};

/** Describes the routes as OpenAPI 3.1, from the very schemas that check them. Register it before the routes. */
export async function installDocumentation(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Oscaro Desktop account service',
        summary: 'What the desktop account manager reads and sends.',
        description: `Every path under /v1 takes the header \`${PROTOCOL_HEADER}: ${PROTOCOL_VERSION}\`. Every error has the shape of \`ServiceError\`.`,
        version: manifest.version,
        license: { name: manifest.license, identifier: manifest.license },
      },
      servers: [{ url: '/', description: 'This service.' }],
      tags: [
        { name: 'accounts', description: 'Having an account made, and getting back into it.' },
        { name: 'sessions', description: 'Signing in and staying so.' },
        { name: 'account', description: 'The safety of an account, what is kept of it, and its end.' },
        { name: 'sync', description: 'The change feed, and the changes that devices make.' },
        { name: 'catalogue', description: 'What parts cost now.' },
        { name: 'invoices', description: 'Documents.' },
        { name: 'service', description: 'The service itself.' },
      ],
      components: {
        securitySchemes: {
          accessToken: {
            type: 'http',
            scheme: 'bearer',
            description: 'The access token of a session, valid for ten minutes.',
          },
        },
      },
    },
    transform,
    transformObject: (document) => nameOnce(collectSchemas(document)),
  });
}

export function addDocumentationRoute(app: FastifyInstance): void {
  let text: string | undefined;
  app.get(routes.openApi, { schema: { hide: true } }, (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(text);
  });
}
