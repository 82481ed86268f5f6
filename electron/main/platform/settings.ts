import type { z } from 'zod';
import { Settings } from '#shared/ipc/settings.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** Only what a person changed is written, so that a better default of a later version reaches everybody else. */
const Stored = Settings.partial();
export type SettingsChange = z.infer<typeof Stored>;

export interface SettingsStore {
  get: () => Settings;
  /** Writes before it answers; throws what the file system throws, with nothing changed. */
  set: (change: SettingsChange) => Settings;
}

/**
 * Reads the settings file. A damaged one is set aside and told: starting with defaults beats not starting.
 * Not electron-store: loading it took 100 to 200 ms of a start whose whole allowance is 165 ms.
 */
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
    set: (change) => {
      const next = { ...stored, ...change };
      writeJsonFile(file, next);
      stored = next;
      return withDefaults(stored, defaults);
    },
  };
}

function withDefaults(stored: SettingsChange, defaults: Settings): Settings {
  return {
    language: stored.language ?? defaults.language,
    theme: stored.theme ?? defaults.theme,
    serviceUrl: stored.serviceUrl ?? defaults.serviceUrl,
    keepInvoiceMonths: stored.keepInvoiceMonths ?? defaults.keepInvoiceMonths,
  };
}
