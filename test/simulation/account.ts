import type { Verdict, ServiceModel } from './service-model.ts';

/** The account of a world: what the service must make of it, and what people could name in a change. */
export interface Account {
  id: string;
  email: string;
  model: ServiceModel;
  /** Every verdict that the service has ever given on a change, also before it was set back. */
  everVerdicts: Map<string, Set<Verdict>>;
  /** As which change an id was first taken, in the present life of the service. */
  takenAs: Map<string, string>;
  /** Set back from a backup without its operator saying so. */
  silent: boolean;
  /** Ids that changes name. */
  baskets: string[];
  vehicles: string[];
  addresses: string[];
  phones: string[];
  orders: { id: string; lineIds: string[] }[];
  /** Only ever added to, so that its quantities count what was applied. */
  countingBasket: string;
}
