import { isInstant, recall, remember } from '#lib/remembered.ts';

const NAME = 'passwordReminder';
const WEEKS = 6;

/** Until when nobody wants to hear again that the password is old, on this computer. */
export function reminderHiddenUntil(accountId: string): number {
  return Date.parse(recall(accountId, NAME, isInstant) ?? '') || 0;
}

export function hideReminder(accountId: string, now: number): number {
  const until = now + WEEKS * 7 * 86_400_000;
  remember(accountId, NAME, new Date(until).toISOString());
  return until;
}
