import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { LinkProblem } from '#shared/protocol/sign-up.ts';
import { activate } from '../accounts/activate.ts';
import { askForMail } from '../accounts/ask-mail.ts';
import { confirmEmail } from '../accounts/confirm-email.ts';
import { peekActivation, peekReset } from '../accounts/peek.ts';
import { resetPassword } from '../accounts/reset-password.ts';
import { PAGES } from '../mail/links.ts';
import { activationPage, emailChangePage, MAIL_PATHS, newPasswordPage, noticePage } from '../pages/page.ts';
import { wordsIn } from '../pages/language.ts';
import type { Language } from '../pages/words.ts';
import { unwrap } from './http-failure.ts';
import { networkOf } from './network.ts';
import {
  installPagePlumbing,
  languageFor,
  LinkQuery,
  MailForm,
  PasswordForm,
  sendPage,
  TokenForm,
} from './page-plumbing.ts';
import type { Parts } from './parts.ts';
import { perMinute } from './rate-limits.ts';

/**
 * The pages that mails lead to, for a browser without scripts. Looking at one changes nothing; its button does. They come in the language of
 * the mail.
 */
export function addPageRoutes(app: FastifyInstance, parts: Parts): void {
  installPagePlumbing(app);
  const config = { rateLimit: perMinute(parts.limits.signInsPerMinute) };
  addActivationPages(app, parts, config);
  addPasswordPages(app, parts, config);
  addEmailChangePages(app, parts, config);
  addMailForms(app, parts, config);
}

interface Config {
  rateLimit: ReturnType<typeof perMinute>;
}

function overActivation(reply: FastifyReply, language: Language, problem: LinkProblem): FastifyReply {
  const said = wordsIn(language).activation.problems[problem];
  const way = problem === 'used' ? { app: 'activated' as const } : { mail: 'activation' as const };
  return sendPage(reply, 410, noticePage(language, { said, ...way }));
}

function addActivationPages(app: FastifyInstance, parts: Parts, config: Config): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();

  typed.get(
    PAGES.activation,
    { config, schema: { hide: true, querystring: LinkQuery } },
    async (request, reply) => {
      const { token, lang } = request.query;
      const language = languageFor(request, lang);
      if (token === undefined) return overActivation(reply, language, 'unknown');
      const peeked = await peekActivation(parts, token);
      if (!peeked.ok) return overActivation(reply, language, peeked.problem);
      const { email, wanted } = peeked.value;
      const name = `${wanted.firstName} ${wanted.lastName}`;
      return sendPage(
        reply,
        200,
        activationPage(language, token, { name, company: wanted.company?.name, email }),
      );
    },
  );

  typed.post(
    PAGES.activation,
    { config, schema: { hide: true, body: TokenForm } },
    async (request, reply) => {
      const { token, lang } = request.body;
      const language = languageFor(request, lang);
      const result = await activate(parts, { token }, networkOf(request.ip));
      if (!result.ok && result.error.linkProblem)
        return overActivation(reply, language, result.error.linkProblem);
      unwrap(result);
      const said = wordsIn(language).activation.done;
      return sendPage(reply, 200, noticePage(language, { said, done: true, app: 'activated' }));
    },
  );
}

function overReset(reply: FastifyReply, language: Language, problem: LinkProblem): FastifyReply {
  const said = wordsIn(language).reset.problems[problem];
  return sendPage(reply, 410, noticePage(language, { said, mail: 'reset' }));
}

function addPasswordPages(app: FastifyInstance, parts: Parts, config: Config): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();

  typed.get(
    PAGES.passwordReset,
    { config, schema: { hide: true, querystring: LinkQuery } },
    async (request, reply) => {
      const { token, lang } = request.query;
      const language = languageFor(request, lang);
      if (token === undefined && !new URL(request.url, 'http://page').searchParams.has('token')) {
        const said = wordsIn(language).reset.forgotten;
        return sendPage(reply, 200, noticePage(language, { said, mail: 'reset' }));
      }
      if (token === undefined) return overReset(reply, language, 'unknown');
      const peeked = await peekReset(parts, token);
      if (!peeked.ok) return overReset(reply, language, peeked.problem);
      return sendPage(reply, 200, newPasswordPage(language, token, peeked.value.email));
    },
  );

  typed.post(
    PAGES.passwordReset,
    { config, schema: { hide: true, body: PasswordForm } },
    async (request, reply) => {
      const { token, password, lang } = request.body;
      const language = languageFor(request, lang);
      const peeked = await peekReset(parts, token);
      if (!peeked.ok) return overReset(reply, language, peeked.problem);
      const result = await resetPassword(parts, { proof: { token }, password }, networkOf(request.ip));
      if (!result.ok && result.error.linkProblem) return overReset(reply, language, result.error.linkProblem);
      if (!result.ok && result.error.passwordProblems) {
        const page = newPasswordPage(language, token, peeked.value.email, result.error.passwordProblems);
        return sendPage(reply, 422, page);
      }
      unwrap(result);
      const said = wordsIn(language).reset.done;
      return sendPage(reply, 200, noticePage(language, { said, done: true, app: 'password-reset' }));
    },
  );
}

function addEmailChangePages(app: FastifyInstance, parts: Parts, config: Config): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();

  typed.get(
    PAGES.emailChange,
    { config, schema: { hide: true, querystring: LinkQuery } },
    (request, reply) => {
      const { token, lang } = request.query;
      const language = languageFor(request, lang);
      if (token !== undefined) return sendPage(reply, 200, emailChangePage(language, token));
      return sendPage(
        reply,
        410,
        noticePage(language, { said: wordsIn(language).emailChange.problems.unknown }),
      );
    },
  );

  typed.post(
    PAGES.emailChange,
    { config, schema: { hide: true, body: TokenForm } },
    async (request, reply) => {
      const { token, lang } = request.body;
      const language = languageFor(request, lang);
      const { problems, done, waitingForOld, waitingForNew } = wordsIn(language).emailChange;
      const result = await confirmEmail(parts, token);
      if (!result.ok && result.error.linkProblem)
        return sendPage(reply, 410, noticePage(language, { said: problems[result.error.linkProblem] }));
      const said = { done, waiting_for_old: waitingForOld, waiting_for_new: waitingForNew }[unwrap(result)];
      return sendPage(reply, 200, noticePage(language, { said, done: true, app: 'email-changed' }));
    },
  );
}

function addMailForms(app: FastifyInstance, parts: Parts, config: Config): void {
  for (const asked of ['activation', 'reset'] as const)
    app
      .withTypeProvider<ZodTypeProvider>()
      .post(MAIL_PATHS[asked], { config, schema: { hide: true, body: MailForm } }, async (request, reply) => {
        const { email, lang } = request.body;
        const language = languageFor(request, lang);
        unwrap(await askForMail(parts, asked, { email, language }, networkOf(request.ip)));
        return sendPage(reply, 202, noticePage(language, { said: wordsIn(language).mailSent }));
      });
}
