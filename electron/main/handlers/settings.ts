import type { Handlers } from '#shared/ipc/contract.ts';
import { ok } from '#shared/ipc/errors.ts';
import type { Settings } from '#shared/ipc/settings.ts';
import { fileFailure } from '#main/platform/file-errors.ts';
import type { SettingsStore } from '#main/platform/settings.ts';

export interface SettingsCallsContext {
  store: SettingsStore;
  /** Makes theme, menu, engine and window follow. */
  apply: (settings: Settings) => Promise<void>;
}

export function settingsHandlers({
  store,
  apply,
}: SettingsCallsContext): Handlers<'settings.get' | 'settings.set'> {
  return {
    'settings.get': () => ok(store.get()),
    'settings.set': async (change) => {
      let settings: Settings;
      try {
        settings = await store.set(change);
      } catch (error) {
        return fileFailure(error);
      }
      await apply(settings);
      return ok(settings);
    },
  };
}
