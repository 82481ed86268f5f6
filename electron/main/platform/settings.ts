import { basename, dirname } from 'node:path';
import type { z } from 'zod';
import { Settings } from '#shared/ipc/settings.ts';
import { readJsonFile } from './json-file.ts';

/** Only what a person changed is written, so that a better default of a later version reaches everybody else. */
const Stored = Settings.partial();
export type SettingsChange = z.infer<typeof Stored>;

export interface SettingsStore {
  get: () => Settings;
  /** Written before it answers; rejects with what the file system says, with nothing changed. */
  set: (change: SettingsChange) => Promise<Settings>;
}

/** Reads the settings file. A damaged one is set aside and told: starting with defaults beats not starting. */
export function openSettings(
  file: string,
  defaults: Settings,
  tell: (message: string, fields: Record<string, string>) => void,
): SettingsStore {
  const found = readJsonFile(file, Stored);
  if (found.state === 'damaged') {
    tell('settings were damaged, defaults are used', {
      reason: found.reason,
      kept: found.asideAs ? 'set aside' : 'no',
    });
  }
  let stored = found.state === 'read' ? found.value : {};
  return {
    get: () => withDefaults(stored, defaults),
    set: async (change) => {
      const next = { ...stored, ...change };
      await write(file, next);
      stored = next;
      return withDefaults(stored, defaults);
    },
  };
}

/** The library writes; it is loaded only then, since a start can afford neither its time nor its lack of a check. */
async function write(file: string, settings: SettingsChange): Promise<void> {
  const { default: Store } = await import('electron-store');
  const store = new Store<SettingsChange>({
    cwd: dirname(file),
    name: basename(file, '.json'),
    configFileMode: 0o600,
  });
  store.store = settings;
}

function withDefaults(stored: SettingsChange, defaults: Settings): Settings {
  return {
    language: stored.language ?? defaults.language,
    theme: stored.theme ?? defaults.theme,
    serviceUrl: stored.serviceUrl ?? defaults.serviceUrl,
    keepInvoiceMonths: stored.keepInvoiceMonths ?? defaults.keepInvoiceMonths,
    lockAfterMinutes: stored.lockAfterMinutes ?? defaults.lockAfterMinutes,
    lockOnSleep: stored.lockOnSleep ?? defaults.lockOnSleep,
  };
}
