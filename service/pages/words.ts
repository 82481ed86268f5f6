import type { z } from 'zod';
import type { PasswordProblem } from '#shared/domain/password-rule.ts';
import type { LinkProblem, Language as LanguageSchema } from '#shared/protocol/sign-up.ts';

export type Language = z.infer<typeof LanguageSchema>;

/** A title and what is said beneath it. */
export interface Told {
  title: string;
  text: string;
}

export interface Words {
  openApp: string;
  /** After each success: nobody has to use the button. */
  backToApp: string;
  email: string;
  sendMail: string;
  mailSent: Told;
  tooOften: (seconds: number) => Told;
  broken: Told;
  activation: {
    ask: Told;
    name: string;
    company: string;
    address: string;
    notYours: string;
    button: string;
    done: Told;
    problems: Record<LinkProblem, Told>;
    mailAgain: string;
  };
  reset: {
    ask: Told;
    forgotten: Told;
    password: string;
    button: string;
    refused: string;
    rules: Record<PasswordProblem, string>;
    toChange: string;
    done: Told;
    problems: Record<LinkProblem, Told>;
  };
  emailChange: {
    ask: Told;
    button: string;
    done: Told;
    waitingForOld: Told;
    waitingForNew: Told;
    problems: Record<LinkProblem, Told>;
  };
}
