import { PASSWORD_PROBLEMS, type PasswordProblem } from '#shared/domain/password-rule.ts';
import { PAGES } from '../mail/links.ts';
import { html, Html } from './html.ts';
import { STYLE } from './style.ts';
import { wordsIn } from './language.ts';
import type { Language, Told } from './words.ts';

/** Where the buttons of these pages lead inside the app; it takes them as hints only. */
export type AppLink = 'activated' | 'password-reset' | 'email-changed';

export const MAIL_PATHS = {
  activation: `${PAGES.activation}/mail`,
  reset: `${PAGES.passwordReset}/mail`,
} as const;

const style = new Html(`<style>${STYLE}</style>`);

function page(language: Language, title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – Oscaro Desktop</title>
        ${style}
      </head>
      <body>
        <div class="whole">
          <header class="shop">Oscaro Desktop</header>
          <main>${main}</main>
        </div>
      </body>
    </html> `.text;
}

const told = ({ title, text }: Told) =>
  html`<h1>${title}</h1>
    <p>${text}</p>`;
const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}" />`;
const form = (path: string, language: Language, fields: Html, button: string) =>
  html`<form method="post" action="${path}">
    ${hidden('lang', language)}${fields}<button>${button}</button>
  </form>`;

function mailForm(path: string, language: Language, button: string): Html {
  const field = html`<label for="email">${wordsIn(language).email}</label>
    <input id="email" name="email" type="email" autocomplete="email" maxlength="254" required />`;
  return form(path, language, field, button);
}

export interface Notice {
  said: Told;
  done?: boolean;
  app?: AppLink;
  /** A way on: a mail with a new link. */
  mail?: keyof typeof MAIL_PATHS;
}

/** Something is said, and at most one thing is offered. */
export function noticePage(language: Language, { said, done, app, mail }: Notice): string {
  const words = wordsIn(language);
  const button = mail === 'activation' ? words.activation.mailAgain : words.sendMail;
  return page(
    language,
    said.title,
    html`${
      done
        ? html`<h1 class="done">${said.title}</h1>
            <p>${said.text}</p>`
        : told(said)
    }
    ${
      app &&
      html`<p><a class="open" href="oscaro-desktop://${app}">${words.openApp}</a></p>
        <p class="quiet">${words.backToApp}</p>`
    }
    ${mail && mailForm(MAIL_PATHS[mail], language, button)}`,
  );
}

export interface Asked {
  name: string;
  company?: string | undefined;
  email: string;
}

/** Says whose account it is before the button: a stranger may have asked for it. */
export function activationPage(language: Language, token: string, { name, company, email }: Asked): string {
  const { activation } = wordsIn(language);
  const rows = [
    html`<dt>${activation.name}</dt>
      <dd>${name}</dd>`,
    ...(company === undefined
      ? []
      : [
          html`<dt>${activation.company}</dt>
            <dd>${company}</dd>`,
        ]),
    html`<dt>${activation.address}</dt>
      <dd>${email}</dd>`,
  ];
  return page(
    language,
    activation.ask.title,
    html`${told(activation.ask)}
      <dl>${rows}</dl>
      ${form(PAGES.activation, language, hidden('token', token), activation.button)}
      <p class="quiet">${activation.notYours}</p>`,
  );
}

/** @param problems what the rule had against the last try; undefined before the first */
export function newPasswordPage(
  language: Language,
  token: string,
  email: string,
  problems?: readonly PasswordProblem[],
): string {
  const { reset, email: emailLabel } = wordsIn(language);
  const shown = PASSWORD_PROBLEMS.filter((rule) => rule !== 'too_long' || problems?.includes(rule));
  const rules = shown.map((rule) => {
    if (!problems) return html`<li>${reset.rules[rule]}</li>`;
    return problems.includes(rule)
      ? html`<li class="bad">${reset.rules[rule]} (${reset.toChange})</li>`
      : html`<li class="good">${reset.rules[rule]}</li>`;
  });
  const wrong = problems
    ? html`<input
        id="password"
        name="password"
        type="password"
        autocomplete="new-password"
        maxlength="1000"
        required
        autofocus
        aria-invalid="true"
        aria-describedby="wrong rules"
      />`
    : html`<input
        id="password"
        name="password"
        type="password"
        autocomplete="new-password"
        maxlength="1000"
        required
        aria-describedby="rules"
      />`;
  const fields = html`${hidden('token', token)}<label for="username">${emailLabel}</label>
    <input id="username" type="email" autocomplete="username" value="${email}" readonly />
    <label for="password">${reset.password}</label>
    ${wrong}
    <ul id="rules">
      ${rules}
    </ul>`;
  return page(
    language,
    reset.ask.title,
    html`${told(reset.ask)}${problems && html`<p class="alert" id="wrong" role="alert">${reset.refused}</p>`}
    ${form(PAGES.passwordReset, language, fields, reset.button)}`,
  );
}

export function emailChangePage(language: Language, token: string): string {
  const { emailChange } = wordsIn(language);
  return page(
    language,
    emailChange.ask.title,
    html`${told(emailChange.ask)}${form(PAGES.emailChange, language, hidden('token', token), emailChange.button)}`,
  );
}
