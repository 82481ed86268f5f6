import type { Handlers } from '#shared/ipc/contract.ts';
import type { CallName, ShellCall } from '#shared/ipc/names.ts';
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

/** The handlers for calls that mean one account, and for those that mean whichever is shown; made when they are first needed. */
export function handlersByAccount(
  context: Omit<Context, 'engine'>,
  engineOf: (accountId: string | undefined) => RemoteEngine,
): (accountId: string | undefined) => Handlers<CallName> {
  const made = new Map<string | undefined, Handlers<CallName>>();
  return (accountId) => {
    const known = made.get(accountId) ?? allHandlers({ ...context, engine: engineOf(accountId) });
    made.set(accountId, known);
    return known;
  };
}

/** Every call of the contract; one that is missing does not compile. */
function allHandlers(context: Context): Handlers<CallName> {
  const shell: Handlers<ShellCall> = {
    ...appHandlers(context),
    ...settingsHandlers(context),
    ...invoiceHandlers(context),
    ...exportHandlers(context),
    ...importHandlers(context),
  };
  return { ...engineCallHandlers(context.engine), ...shell };
}
