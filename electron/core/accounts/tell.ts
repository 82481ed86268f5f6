import type { Topic } from '#shared/ipc/contract.ts';

/** How what has changed is told to whoever shows it. */
export interface Tell {
  topics: (topics: readonly Topic[]) => void;
  /** The same for what a person has just done here, and waits to see. */
  ownTopics: (topics: readonly Topic[]) => void;
  status: () => void;
  session: () => void;
  lock: () => void;
  /** Long work for the account that was shown comes to nothing now. */
  leave: () => void;
}

export const ALL_TOPICS: readonly Topic[] = [
  'orders', 'invoices', 'vehicles', 'profile', 'baskets', 'changes', 'sync_log', 'security',
]; // prettier-ignore

/** Another account is shown, or none: nothing is as it was. */
export function announce(tell: Pick<Tell, 'session' | 'topics' | 'status'>): void {
  tell.session();
  tell.topics(ALL_TOPICS);
  tell.status();
}
