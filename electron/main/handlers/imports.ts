import type { Handlers } from '#shared/ipc/contract.ts';
import { ok } from '#shared/ipc/errors.ts';
import * as m from '#shared/i18n/generated/messages.js';
import type { AskWhichFile } from '#main/platform/dialogs.ts';
import type { Language } from '#main/platform/language.ts';
import type { RemoteEngine } from './engine.ts';

export interface ImportCallsContext {
  engine: Pick<RemoteEngine, 'vehicles.importPreview'>;
  language: () => Language;
  askWhichFile: AskWhichFile;
}

/** The person chooses the file here; the engine reads it, and never one that the window names. */
export function importHandlers(context: ImportCallsContext): Handlers<'vehicles.importPreview'> {
  return {
    'vehicles.importPreview': async () => {
      const locale = { locale: context.language() };
      const path = await context.askWhichFile({
        title: m.shell_import_vehicles_title({}, locale),
        fileType: m.shell_file_type_table({}, locale),
        extensions: ['csv', 'txt'],
      });
      if (path === undefined) return ok({ opened: false });
      const preview = await context.engine['vehicles.importPreview']({ path });
      return preview.ok ? ok({ opened: true, preview: preview.value }) : preview;
    },
  };
}
