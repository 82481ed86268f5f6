import { m } from '#shared/i18n/generated/messages.js';
import type { LockState } from '#shared/ipc/lock.ts';
import type { SecretStorage } from '#shared/ipc/settings.ts';

/** What signing in will come to, where the keyring does not keep the session; undefined where it does. */
export function beforeSignIn(storage: SecretStorage | undefined): string | undefined {
  if (storage === 'silent') return m.entry_keyring_silent();
  return storage === 'missing' ? m.app_keyring_missing() : undefined;
}

/** Why a session ends with the app, and what the next start will ask for. */
export function whySessionEnds(storage: SecretStorage | undefined): string {
  if (storage === 'silent') return m.app_keyring_silent();
  return storage === 'missing' ? m.app_keyring_missing() : m.entry_session_short();
}

/** What a code that is chosen now will have to hold alone against whoever copies the disk; undefined where the keyring helps. */
export function beforeCode(storage: SecretStorage | undefined): string | undefined {
  if (storage === 'silent') return m.lock_unguarded_silent();
  return storage === 'missing' ? m.lock_unguarded() : undefined;
}

/** The same for the PIN that is set: it is guarded or not since it was chosen, whatever the keyring does now. */
export function aboutPin(
  lock: LockState | undefined,
  storage: SecretStorage | undefined,
): string | undefined {
  if (lock?.code !== 'pin' || lock.guarded) return undefined;
  return beforeCode(storage) ?? m.lock_unguarded_since();
}
