import type { PendingChange } from '#shared/ipc/changes.ts';

const TEXTS = ['text', 'note', 'notes', 'value'];
/** Shorter ones stand in the sentence about the change already. */
const LONG = 60;

/** What a person wrote at length in a change, so that it can be read and copied before it is let go. */
export function longText({ args }: Pick<PendingChange, 'args'>): string | undefined {
  if (typeof args !== 'object' || args === null) return undefined;
  for (const [key, value] of Object.entries(args)) {
    if (TEXTS.includes(key) && typeof value === 'string' && (key !== 'value' || value.length > LONG))
      return value;
  }
  return undefined;
}
