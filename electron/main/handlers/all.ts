import type { Handlers } from '#shared/ipc/contract.ts';
import type { ShellCall } from '#shared/ipc/names.ts';
import { appHandlers, type AppCallsContext } from './app.ts';
import { engineCallHandlers, type RemoteEngine } from './engine.ts';
import { exportHandlers, type ExportCallsContext } from './exports.ts';
import { importHandlers, type ImportCallsContext } from './imports.ts';
import { invoiceHandlers, type InvoiceCallsContext } from './invoices.ts';
import { settingsHandlers, type SettingsCallsContext } from './settings.ts';

type Context = AppCallsContext &
  SettingsCallsContext &
  InvoiceCallsContext &
  ExportCallsContext &
  ImportCallsContext & { engine: RemoteEngine };

/** Every call of the contract; one that is missing does not compile. */
export function allHandlers(context: Context) {
  const shell: Handlers<ShellCall> = {
    ...appHandlers(context),
    ...settingsHandlers(context),
    ...invoiceHandlers(context),
    ...exportHandlers(context),
    ...importHandlers(context),
  };
  return { ...engineCallHandlers(context.engine), ...shell };
}
