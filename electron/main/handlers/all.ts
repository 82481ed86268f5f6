import type { Handlers } from '#shared/ipc/contract.ts';
import type { ShellCall } from '#shared/ipc/names.ts';
import { appHandlers, type AppCallsContext } from './app.ts';
import { engineCallHandlers, type RemoteEngine } from './engine.ts';
import { exportHandlers, type ExportCallsContext } from './exports.ts';
import { invoiceHandlers, type InvoiceCallsContext } from './invoices.ts';
import { settingsHandlers, type SettingsCallsContext } from './settings.ts';

type Context = AppCallsContext &
  SettingsCallsContext &
  InvoiceCallsContext &
  ExportCallsContext & { engine: RemoteEngine };

/** Every call of the contract; one that is missing does not compile. */
export function allHandlers(context: Context) {
  const shell: Handlers<ShellCall> = {
    ...appHandlers(context),
    ...settingsHandlers(context),
    ...invoiceHandlers(context),
    ...exportHandlers(context),
  };
  return { ...engineCallHandlers(context.engine), ...shell };
}
