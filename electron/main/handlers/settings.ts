import type { Handlers } from '#shared/ipc/contract.ts';
import { fail, ok } from '#shared/ipc/errors.ts';
import type { Settings } from '#shared/ipc/settings.ts';
import { fileFailure } from '#main/platform/file-errors.ts';
import type { SettingsStore } from '#main/platform/settings.ts';

export interface SettingsCallsContext {
  store: SettingsStore;
  /** Makes theme, menu, engine and window follow. */
  apply: (settings: Settings) => Promise<void>;
  /** The code of the app has not been given. */
  locked: () => boolean;
}

/** Before the code is given: how the window looks and reads, and nothing of what it guards or how. */
const BEFORE_THE_CODE: readonly string[] = ['language', 'theme'] satisfies (keyof Settings)[];

export function settingsHandlers({
  store,
  apply,
  locked,
}: SettingsCallsContext): Handlers<'settings.get' | 'settings.set'> {
  return {
    'settings.get': () => ok(store.get()),
    'settings.set': async (change) => {
      if (locked() && Object.keys(change).some((name) => !BEFORE_THE_CODE.includes(name)))
        return fail('locked');
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
