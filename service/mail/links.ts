import type { Language } from '#shared/protocol/sign-up.ts';
import type { z } from 'zod';

type Lang = z.infer<typeof Language>;

/** The service's own pages, which mails lead to. */
export const PAGES = {
  activation: '/activation',
  passwordReset: '/password-reset',
  emailChange: '/email-change',
} as const;

/** Whole addresses for mails. */
export interface Links {
  activation(token: string, language: Lang): string;
  passwordReset(token: string, language: Lang): string;
  emailChange(token: string, language: Lang): string;
  /** Where a mail with a new password's link can be asked for, any time. */
  forgottenPassword(language: Lang): string;
}

/** @param base where people reach the service, asked for at each link: it may not listen yet */
export function makeLinks(base: () => string): Links {
  const link = (path: string, language: Lang, token?: string): string => {
    const url = new URL(`${base().replace(/\/+$/, '')}${path}`);
    if (token !== undefined) url.searchParams.set('token', token);
    url.searchParams.set('lang', language);
    return url.href;
  };
  return {
    activation: (token, language) => link(PAGES.activation, language, token),
    passwordReset: (token, language) => link(PAGES.passwordReset, language, token),
    emailChange: (token, language) => link(PAGES.emailChange, language, token),
    forgottenPassword: (language) => link(PAGES.passwordReset, language),
  };
}
