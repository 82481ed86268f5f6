/** Requests from one address; 0 for no limit. */
export interface Limits {
  requestsPerMinute: number;
  signInsPerMinute: number;
  refreshesPerMinute: number;
  /** Of what is kept of an account. */
  exportsPerMinute: number;
}

/** A first read of 100,000 orders with their invoices is 400 requests. */
export const LIMITS: Limits = {
  requestsPerMinute: 6000,
  signInsPerMinute: 60,
  refreshesPerMinute: 120,
  exportsPerMinute: 6,
};
