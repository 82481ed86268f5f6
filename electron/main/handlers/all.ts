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

/**
 * The handlers for calls that mean one account, and for those that mean whichever is shown; made when they are first needed. Only the last
 * account's are kept: a page shows one in its life, and one that makes up others must not fill the memory.
 */
export function handlersByAccount(
  context: Omit<Context, 'engine'>,
  engineOf: (accountId: string | undefined) => RemoteEngine,
): (accountId: string | undefined) => Handlers<CallName> {
  const make = (accountId: string | undefined) => allHandlers({ ...context, engine: engineOf(accountId) });
  const ofShown = lastOf(make);
  const ofOne = lastOf(make);
  return (accountId) => (accountId === undefined ? ofShown : ofOne)(accountId);
}

/** Makes what is asked for, unless it was the last to be made. */
function lastOf<K, V>(make: (key: K) => V): (key: K) => V {
  let last: { key: K; value: V } | undefined;
  return (key) => {
    if (!last || last.key !== key) last = { key, value: make(key) };
    return last.value;
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
