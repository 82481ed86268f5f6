import type { EngineHost } from './api.ts';

/** Writes to the app's log. Messages and fields never hold personal data, tokens or values of rows. */
export type Log = EngineHost['log'];
