import { z } from 'zod';

export const Settings = z.object({
  /** `system`: the system's language when we have it, else French. */
  language: z.enum(['system', 'fr', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Where people sign in; accounts remember the address they were opened with. */
  serviceUrl: z.string().max(500),
  /** Invoices of so many months back are kept on this computer; 0 keeps only what was opened. */
  keepInvoiceMonths: z.int().min(0).max(600),
  /** With a code set: the app is locked after so many minutes without anything done in it; 0 is never. */
  lockAfterMinutes: z.int().min(0).max(1440),
  /** With a code set: the app is locked when the computer goes to sleep or its screen is locked. */
  lockOnSleep: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** What the pages of the account service say when they bring people back: the host of an `oscaro-desktop:` address. */
export const DeepLink = z.enum(['activated', 'password-reset', 'email-changed']);
export type DeepLink = z.infer<typeof DeepLink>;

/**
 * What keeps the secrets of whoever uses this computer. `silent`: its keyring is locked or does not answer, and nobody can tell which; `missing`: none
 * was found. In both cases nothing lasting is written, and the session ends with the app.
 */
export const SecretStorage = z.enum(['available', 'silent', 'missing']);
export type SecretStorage = z.infer<typeof SecretStorage>;

export const AppInfo = z.object({
  version: z.string(),
  platform: z.enum(['windows', 'macos', 'linux']),
  /** The language in use, after `system` was resolved. */
  language: z.enum(['fr', 'en']),
  /** Demo accounts to offer on the sign-in screen, when the app runs against the demo service. */
  demo: z
    .object({
      accounts: z.array(z.object({ email: z.string(), kind: z.enum(['private', 'garage']) })),
      password: z.string(),
      /** Where the demo's mails can be read in the browser. */
      inboxUrl: z.string().max(100).optional(),
    })
    .optional(),
  secretStorage: SecretStorage,
});
export type AppInfo = z.infer<typeof AppInfo>;
