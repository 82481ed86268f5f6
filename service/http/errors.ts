import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Failure } from '../failures.ts';
import type { Limits } from '../limits.ts';
import { errorBody, HttpFailure, statusOf } from './http-failure.ts';

function send(
  reply: FastifyReply,
  requestId: string,
  failure: Failure,
  headers: Record<string, string> = {},
): void {
  if (failure.retryAfterSeconds !== undefined) reply.header('retry-after', failure.retryAfterSeconds);
  if (failure.kind === 'session_expired') reply.header('www-authenticate', 'Bearer');
  reply
    .code(statusOf[failure.kind])
    .headers(headers)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    // As text: the route's response schema is for its own replies.
    .send(JSON.stringify(errorBody(failure, requestId)));
}

/** What Fastify itself refuses, by status. Its own messages may quote the request, so they are not passed on. */
const framework: Record<number, Failure> = {
  400: { kind: 'invalid_request', message: 'The request is malformed.' },
  404: { kind: 'not_found', message: 'No such resource.' },
  413: { kind: 'payload_too_large', message: 'The body is too large.' },
  414: { kind: 'invalid_request', message: 'The address is too long.' },
  415: { kind: 'unsupported_media_type', message: 'Send application/json.' },
};

export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof HttpFailure) return error.failure;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(
      (issue) => `${issue.instancePath}: ${issue.message ?? issue.keyword}`,
    );
    return {
      kind: 'invalid_request',
      message: `${error.validationContext ?? 'request'} ${issues.join('; ')}`,
    };
  }
  // Another process has been writing for longer than anybody should wait.
  if ((error as Partial<FastifyError> | undefined)?.code === 'SQLITE_BUSY')
    return { kind: 'unavailable', message: 'The database is busy.', retryAfterSeconds: 2 };
  const status = (error as Partial<FastifyError> | undefined)?.statusCode;
  return status === undefined ? undefined : framework[status];
}

function onError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const failure = failureOf(error);
  if (failure) {
    send(reply, request.id, failure, error instanceof HttpFailure ? error.headers : {});
    return;
  }
  request.log.error({ err: error }, 'the request met a bug');
  send(reply, request.id, { kind: 'internal', message: 'Something went wrong here; it was noted.' });
}

/** Which methods each path takes, to tell 405 from 404. */
function knownMethods(app: FastifyInstance): (path: string) => Set<string> | undefined {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);
    const route = routes.get(url) ?? { pattern, methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  return (path) => [...routes.values()].find(({ pattern }) => pattern.test(path))?.methods;
}

/** Every error reply has the one shape of the contract, whoever refuses. Call it before the routes are added. */
export function installErrors(app: FastifyInstance, limits: Limits): void {
  const methodsOf = knownMethods(app);
  app.setErrorHandler(onError);
  // The plugin's global limit does not reach what no route takes.
  const limited = limits.requestsPerMinute > 0 ? { preHandler: app.rateLimit() } : {};
  app.setNotFoundHandler(limited, (request, reply) => {
    const methods = methodsOf(request.url.split('?', 1)[0] ?? '');
    if (methods) {
      send(
        reply,
        request.id,
        { kind: 'method_not_allowed', message: 'This path takes other methods.' },
        { allow: [...methods].join(', ') },
      );
    } else {
      send(reply, request.id, { kind: 'not_found', message: 'No such path.' });
    }
  });
}

/** For addresses that the router cannot read, before any hook runs. */
export function onFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  onError(error, request, reply);
}

/** For bytes that are not HTTP. */
export function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify(
    errorBody({ kind: 'invalid_request', message: 'The request is malformed.' }, randomUUID()),
  );
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Date: ${new Date().toUTCString()}\r\nConnection: close\r\n\r\n${body}`,
  );
}
