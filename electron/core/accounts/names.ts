/** The files in an account's folder, beside those of its keys and its invoices. */
export const CACHE = 'cache.db';
/** The changes of which this computer alone knows. */
export const JOURNAL = 'changes.journal';
