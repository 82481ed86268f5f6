/** The paths of the contract, for the client and the service alike. */
export const routes = {
  health: '/healthz',
  openApi: '/openapi.json',
  signIn: '/v1/sessions',
  refresh: '/v1/sessions/refresh',
  currentSession: '/v1/sessions/current',
  sessions: '/v1/sessions',
  otherSessions: '/v1/sessions/others',
  session: (id: string) => `/v1/sessions/${id}`,
  signUp: '/v1/accounts',
  activation: '/v1/accounts/activation',
  activationMail: '/v1/accounts/activation-mail',
  resetMail: '/v1/passwords/reset-mail',
  resetPassword: '/v1/passwords/reset',
  account: '/v1/account',
  accountPassword: '/v1/account/password',
  accountEmail: '/v1/account/email',
  emailConfirmation: '/v1/account/email/confirmation',
  accountDeletion: '/v1/account/deletion',
  accountConsents: '/v1/account/consents',
  accountData: '/v1/account/data',
  suspiciousSignIn: (id: string) => `/v1/account/suspicious-sign-in/${id}`,
  pull: '/v1/sync/pull',
  push: '/v1/sync/push',
  /** Server-sent events: `event: poke` without data, and a comment line as heartbeat at least every 20 s. */
  pokes: '/v1/sync/pokes',
  /** Prices and availability of parts as they are now. */
  prices: '/v1/catalogue/prices',
  /** `ETag` is the SHA-256 of the file in hex, quoted; `Range` is honoured. */
  invoicePdf: (id: string) => `/v1/invoices/${id}/pdf`,
} as const;
