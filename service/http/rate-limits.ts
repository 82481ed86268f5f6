import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Limits } from '../limits.ts';
import { HttpFailure } from './http-failure.ts';
import { networkOf } from './network.ts';

export const perMinute = (max: number): RateLimitOptions | false =>
  max === 0 ? false : { max, timeWindow: 60_000 };

/** Counted by address, in this process: it keeps one client from taking the service, and is no protection of passwords. */
export async function installRateLimits(app: FastifyInstance, limits: Limits): Promise<void> {
  await app.register(rateLimit, {
    global: limits.requestsPerMinute > 0,
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    cache: 10_000,
    keyGenerator: (request) => networkOf(request.ip),
    errorResponseBuilder: (_request, context) =>
      new HttpFailure({
        kind: 'throttled',
        message: 'Too many requests.',
        retryAfterSeconds: Math.max(1, Math.ceil(context.ttl / 1000)),
      }),
  });
}
