/** The accounts of the demo service, which the sign-in screen offers when the app was started with it. No secret. */
export const demoAccounts = {
  accounts: [
    { email: 'camille@example.org', kind: 'private' },
    { email: 'garage@example.org', kind: 'garage' },
  ],
  password: 'Demo-2026!',
} as const;
