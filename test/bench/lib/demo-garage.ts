/** Who the demo garage signs in as. */
export const GARAGE = { email: 'garage@example.org', password: 'Demo-2026!' } as const;
