/** The form in which addresses are compared and stored: people type capitals and composed letters as they like. */
export const normaliseEmail = (email: string) => email.trim().normalize('NFKC').toLowerCase();
