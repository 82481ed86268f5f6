import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MailToken, TypedEmail } from '#shared/protocol/sign-up.ts';
import { noticePage } from '../pages/page.ts';
import { PAGE_POLICY } from '../pages/style.ts';
import { languageOf, wordsIn } from '../pages/language.ts';
import type { Language } from '../pages/words.ts';
import { failureOf } from './errors.ts';
import { HttpFailure, statusOf } from './http-failure.ts';

/** The longest form: a password of a thousand characters that take nine bytes each, and a token. */
const FORM_BYTES = 12 * 1024;

const lang = z.string().max(20).optional().catch(undefined);

/** What a link or a form says; a token that cannot be one is answered as an unknown one. */
export const LinkQuery = z.object({ token: MailToken.optional().catch(undefined), lang });
export const TokenForm = z.object({ token: MailToken, lang });
export const PasswordForm = TokenForm.extend({ password: z.string().max(1000) });
export const MailForm = z.object({ email: TypedEmail, lang });

export const languageFor = (request: FastifyRequest, asked: string | undefined): Language =>
  languageOf(asked, request.headers['accept-language']);

export function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-security-policy': PAGE_POLICY,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(page);
}

/**
 * A form that another site's page sends is none of ours. The token is the proof, so there is little to gain; browsers say where a form comes
 * from in the one header or in the other.
 */
function isForeign({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  const { origin } = headers;
  // Under our own referrer policy a browser without the first header says "null" here.
  if (origin === undefined || origin === 'null') return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** The language of a request that could not be read as what it should be. */
const saidIn = (part: unknown): string | undefined =>
  z.object({ lang: z.string() }).safeParse(part).data?.lang;

/** What sets pages apart from the rest of the service: forms come in, and failures are pages as well. */
export function installPagePlumbing(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook('onRequest', (request, _reply, done) => {
    const foreign = request.method === 'POST' && isForeign(request);
    done(
      foreign
        ? new HttpFailure({ kind: 'invalid_request', message: 'The form is of another site.' })
        : undefined,
    );
  });
  app.setErrorHandler((error, request, reply) => {
    const failure = failureOf(error);
    if (!failure) request.log.error({ err: error }, 'the page met a bug');
    const language = languageFor(request, saidIn(request.body) ?? saidIn(request.query));
    const seconds = failure?.retryAfterSeconds;
    if (seconds !== undefined) reply.header('retry-after', seconds);
    const words = wordsIn(language);
    const said = seconds === undefined ? words.broken : words.tooOften(seconds);
    return sendPage(reply, statusOf[failure?.kind ?? 'internal'], noticePage(language, { said }));
  });
}
