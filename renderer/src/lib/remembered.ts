/**
 * Where the window keeps how a person left its screens: by account, and never more than that. It lies on the disk in clear, so it holds no text that was
 * typed (typed-texts.ts) and nothing that names anybody: choices, places and opaque ids.
 */
const PREFIX = 'screens';
/** What former versions kept held what was typed. */
const FORMER_PREFIX = 'view';

const keyOf = (accountId: string, name: string): string => `${PREFIX}:${accountId}:${name}`;

/** What was kept, or undefined when there is nothing, or nothing that `isValid` accepts (an older version wrote it). */
export function recall<T>(
  accountId: string,
  name: string,
  isValid: (value: unknown) => value is T,
): T | undefined {
  const text = localStorage.getItem(keyOf(accountId, name));
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isValid(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function remember(accountId: string, name: string, value: unknown): void {
  localStorage.setItem(keyOf(accountId, name), JSON.stringify(value));
}

/** Signing out leaves nothing of the account behind. */
export function forgetAccount(accountId: string): void {
  forget(keyOf(accountId, ''));
}

export function forgetFormer(): void {
  forget(`${FORMER_PREFIX}:`);
}

/** Nor does erasing this computer leave anything of anybody. */
export function forgetEveryAccount(): void {
  forget(`${PREFIX}:`);
}

function forget(prefix: string): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}

export const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && Number.isFinite(Date.parse(value));
