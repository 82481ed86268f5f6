/**
 * The names of every call and event, without their schemas: the preload script derives the bridge from them, and must
 * stay free of dependencies. The contract beside this file is checked to have exactly these names.
 */
export const engineCalls = [
  'session.get',
  'session.signIn',
  'session.signOut',
  'account.signUp',
  'account.pendingSignUp',
  'account.forgetSignUp',
  'account.activate',
  'account.resendActivation',
  'account.requestReset',
  'account.resetPassword',
  'service.check',
  'profile.get',
  'sync.status',
  'sync.now',
  'sync.log',
  'changes.make',
  'changes.undo',
  'changes.list',
  'changes.sendAgain',
  'changes.letGo',
  'notices.takeBack',
  'account.get',
  'support.list',
  'baskets.list',
  'baskets.get',
  'baskets.suggest',
  'baskets.refreshPrices',
  'home.get',
  'orders.summary',
  'orders.page',
  'orders.get',
  'orders.position',
  'invoices.summary',
  'invoices.page',
  'invoices.get',
  'invoices.position',
  'invoices.bytes',
  'invoices.download',
  'vehicles.list',
  'vehicles.count',
  'vehicles.page',
  'vehicles.position',
  'vehicles.get',
  'vehicles.importRows',
  'vehicles.importApply',
  'search.query',
] as const;

export const shellCalls = [
  'app.info',
  'app.painted',
  'app.openTracking',
  'app.openInbox',
  'app.takeDeepLink',
  'app.copy',
  'settings.get',
  'settings.set',
  'invoices.open',
  'invoices.print',
  'invoices.saveAs',
  'invoices.saveZip',
  'invoices.saveCsv',
  'orders.saveCsv',
  'baskets.saveCsv',
  'vehicles.saveCsv',
  'vehicles.importPreview',
  'data.saveAll',
  'jobs.cancel',
] as const;

export const eventNames = [
  'changed',
  'sync.status',
  'session',
  'settings',
  'command',
  'job',
  'deep_link',
] as const;

export type EngineCall = (typeof engineCalls)[number];
export type ShellCall = (typeof shellCalls)[number];
export type CallName = EngineCall | ShellCall;
export type EventName = (typeof eventNames)[number];
