import { app, nativeTheme } from 'electron';
import type { EngineSettings } from '#core/api.ts';
import type { Settings } from '#shared/ipc/settings.ts';
import { resolveLanguage, type Language } from './language.ts';
import type { Launch } from './launch.ts';
import type { Log } from './logging.ts';
import { kept } from './paths.ts';
import { openSettings, type SettingsStore } from './settings.ts';

export interface Preferences {
  store: SettingsStore;
  language: () => Language;
  forEngine: () => EngineSettings;
  applyTheme: () => void;
}

/** The settings, and what follows from them together with the system's own. */
export function openPreferences(launch: Launch, log: Log): Preferences {
  const defaults: Settings = {
    language: 'system',
    theme: 'system',
    serviceUrl: launch.serviceUrl ?? shippedServiceUrl,
    keepInvoiceMonths: 24,
    lockAfterMinutes: 15,
    lockOnSleep: true,
  };
  const store = openSettings(kept.settings(), defaults, (message, fields) => log('warn', message, fields));
  const language = (): Language =>
    resolveLanguage(store.get().language, launch.language, app.getPreferredSystemLanguages());
  return {
    store,
    language,
    forEngine: () => {
      const { serviceUrl, keepInvoiceMonths } = store.get();
      return { serviceUrl, keepInvoiceMonths, language: language() };
    },
    applyTheme: () => {
      nativeTheme.themeSource = store.get().theme;
    },
  };
}

/**
 * The account service that a build is made for: MAIN_VITE_SERVICE_URL at build time. Without one, people type the
 * address on the sign-in screen.
 */
const shippedServiceUrl: string = import.meta.env['MAIN_VITE_SERVICE_URL'] ?? '';
