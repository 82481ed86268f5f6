import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { Profile } from '../domain/profile.ts';
import { AccountView } from './account.ts';
import { AccountsHere, Unsent } from './accounts.ts';
import { BasketDetail, BasketList, PartSuggestion, RefreshedPrices } from './baskets.ts';
import { ChangeList, ChangeRefusal, ChangeRequest, MadeChange, SyncLogEntry } from './changes.ts';
import type { Result } from './errors.ts';
import { AppError } from './errors.ts';
import { Home } from './home.ts';
import { InvoiceDetail, InvoiceFilter, InvoiceRow } from './invoices.ts';
import { lock, LockState } from './lock.ts';
import type { CallName, EventName } from './names.ts';
import { ListSummary, OrderDetail, OrderFilter, OrderRow } from './orders.ts';
import { SavedData } from './saved-data.ts';
import { SearchResults } from './search.ts';
import { security, SecurityView } from './security.ts';
import { SessionState, SignIn } from './session.ts';
import { AppInfo, DeepLink, Settings } from './settings.ts';
import { CodeProof, MailAsked, MailTo, PasswordReset, PendingSignUp, SignUp } from './sign-up.ts';
import { SentMessage } from './support.ts';
import { SyncStatus } from './sync.ts';
import { TypedTexts } from './typed-texts.ts';
import {
  ImportPreview,
  ImportRow,
  VehicleChoice,
  VehicleFile,
  VehicleFilter,
  VehicleRow,
} from './vehicles.ts';

const nothing = z.undefined();
const byId = z.strictObject({ id: Uuid });
const page = { offset: z.int().min(0).max(10_000_000), limit: z.int().min(1).max(500) };
/** Saving asks where; `saved: false` is a person's "cancel", not a failure. */
const Saved = z.discriminatedUnion('saved', [
  z.object({ saved: z.literal(true), path: z.string(), count: z.int() }),
  z.object({ saved: z.literal(false) }),
]);

/** Every call of the window, declared once: input and output. Names, types, handlers and the bridge derive from it. */
export const calls = {
  'session.get': { input: nothing, output: SessionState },
  /** Adds the account to those of this computer, unless it is one of them, and shows it. */
  'session.signIn': { input: SignIn, output: SessionState },
  /**
   * Ends the session and erases what this computer keeps of the account; the next account of this computer is shown. `send`, which is what is
   * done without an answer: when some changes cannot be sent, or were refused and not decided about, it answers `changes_waiting` and does nothing.
   */
  'session.signOut': {
    input: z.strictObject({ unsent: Unsent }).optional(),
    output: SessionState,
  },
  /** Asks for an account; it waits until the mailbox is proven. What was typed is kept meanwhile, without the password. */
  'account.signUp': { input: SignUp, output: PendingSignUp },
  /** The account that was asked for last and is not active yet. */
  'account.pendingSignUp': { input: nothing, output: PendingSignUp.optional() },
  'account.forgetSignUp': { input: nothing, output: nothing },
  'account.activate': { input: CodeProof, output: nothing },
  'account.resendActivation': { input: MailTo, output: MailAsked },
  /** Answers alike whether the address has an account or not. */
  'account.requestReset': { input: MailTo, output: MailAsked },
  /** Sets the new password and ends every session of the account. */
  'account.resetPassword': { input: PasswordReset, output: nothing },
  'accounts.list': { input: nothing, output: AccountsHere },
  /** Shows another account of this computer, with or without a network. */
  'accounts.switch': { input: byId, output: SessionState },
  /** Erases everything of all accounts from this computer; ends their sessions as far as the services can be reached. */
  'accounts.eraseAll': { input: nothing, output: SessionState },
  'lock.get': { input: nothing, output: LockState },
  /** Locks at once, if a code is set: what is shown is closed and the keys are forgotten. */
  'lock.now': { input: nothing, output: LockState },
  /** `wrong_code` when it is not the one; `throttled` when it was not looked at, with the seconds until one is. */
  'lock.open': { input: lock.open, output: LockState },
  /** Answers as `lock.open` to a wrong present code. */
  'lock.setCode': { input: lock.setCode, output: LockState },
  /** Whether an account service that we can speak to answers at this address; the address in its normal form. */
  'service.check': {
    input: z.strictObject({ url: z.string().max(500) }),
    output: z.object({ url: z.string(), version: z.string() }),
  },
  'profile.get': { input: nothing, output: Profile.optional() },

  'sync.status': { input: nothing, output: SyncStatus },
  /** Tries at once, whatever the back-off says; answers when that try has ended. */
  'sync.now': { input: nothing, output: SyncStatus },
  /** Newest first; kept for 30 days, at most 500. */
  'sync.log': { input: nothing, output: z.array(SyncLogEntry) },

  /** Makes a change: kept on this computer before it answers, sent when the service can be reached. */
  'changes.make': { input: ChangeRequest, output: MadeChange },
  /** Takes a change back: silently when it has not left yet, by the opposite change when it has. */
  'changes.undo': {
    input: byId,
    output: z.discriminatedUnion('undone', [
      z.object({ undone: z.literal(true) }),
      z.object({ undone: z.literal(false), refusal: ChangeRefusal }),
    ]),
  },
  'changes.list': { input: nothing, output: ChangeList },
  /** A refused change, made again on top of what stands now ("mine"). */
  'changes.sendAgain': { input: byId, output: MadeChange },
  /** A refused change, let go ("theirs"). */
  'changes.letGo': { input: byId, output: nothing },
  /** Puts the value back that lost against another one, and dismisses the notice. */
  'notices.takeBack': { input: byId, output: MadeChange },

  'account.get': { input: nothing, output: AccountView.optional() },
  /** Messages to customer service, newest first, at most 100. */
  'support.list': { input: nothing, output: z.array(SentMessage) },
  'typed.get': { input: nothing, output: TypedTexts },
  /** Keeps those that are named; the others stay as they are. */
  'typed.keep': { input: TypedTexts, output: nothing },

  /** What is known of the account's safety; asks nobody. */
  'security.get': { input: nothing, output: SecurityView },
  /** Asks the service for all of it. */
  'security.refresh': { input: nothing, output: SecurityView },
  /** These are done by the service, or not at all; what has become of it is in the view when they answer. */
  'security.changePassword': { input: security.passwordChange, output: nothing },
  'security.changeEmail': { input: security.emailChange, output: nothing },
  'security.cancelEmailChange': { input: nothing, output: nothing },
  'security.endSession': { input: byId, output: nothing },
  'security.endOtherSessions': { input: nothing, output: nothing },
  'security.answerSignIn': { input: security.verdict, output: nothing },
  'security.requestDeletion': { input: security.deletion, output: nothing },
  'security.keepAccount': { input: nothing, output: nothing },

  'baskets.list': { input: nothing, output: BasketList },
  'baskets.get': { input: byId, output: BasketDetail },
  /** Parts that were bought before and match, most often bought first; a reference typed in full comes first of all. */
  'baskets.suggest': {
    input: z.strictObject({
      text: z.string().max(200),
      vehicle: Uuid.optional(),
      limit: z.int().min(1).max(50),
    }),
    output: z.array(PartSuggestion),
  },
  /** Asks the shop for the prices of today and keeps them in the basket; needs the service. */
  'baskets.refreshPrices': { input: byId, output: RefreshedPrices },

  'home.get': { input: nothing, output: Home },
  'orders.summary': { input: OrderFilter, output: ListSummary },
  /** Newest first, in the order that the summary counts. */
  'orders.page': { input: z.strictObject({ filter: OrderFilter, ...page }), output: z.array(OrderRow) },
  'orders.get': { input: byId, output: OrderDetail },
  /** Where an order stands in a filtered list, to keep it selected; absent when the filter hides it. */
  'orders.position': { input: z.strictObject({ filter: OrderFilter, id: Uuid }), output: z.int().optional() },
  'invoices.summary': { input: InvoiceFilter, output: ListSummary },
  'invoices.page': { input: z.strictObject({ filter: InvoiceFilter, ...page }), output: z.array(InvoiceRow) },
  'invoices.get': { input: byId, output: InvoiceDetail },
  /** Where an invoice stands in a filtered list; absent when the filter hides it. */
  'invoices.position': {
    input: z.strictObject({ filter: InvoiceFilter, id: Uuid }),
    output: z.int().optional(),
  },
  /** The verified PDF; fetched first when it is not on this computer. */
  'invoices.bytes': { input: byId, output: z.instanceof(Uint8Array) },
  'invoices.download': {
    input: z.strictObject({ ids: z.array(Uuid).min(1).max(500) }),
    output: z.object({ here: z.int(), failed: z.int() }),
  },
  /** To choose from: vehicles that have orders first, most recently used first; retired ones only when they have orders. */
  'vehicles.list': {
    input: z.strictObject({ text: z.string().max(200).optional(), chosen: Uuid.optional(), ...page }),
    output: z.object({
      choices: z.array(VehicleChoice),
      /** How many there are with this text. */
      count: z.int(),
      /** The vehicle that was named, wherever it stands; absent when the account has no such vehicle. */
      chosen: VehicleChoice.optional(),
    }),
  },
  /** How many vehicles the filter shows. */
  'vehicles.count': { input: VehicleFilter, output: z.int() },
  /** By plate. */
  'vehicles.page': { input: z.strictObject({ filter: VehicleFilter, ...page }), output: z.array(VehicleRow) },
  'vehicles.position': {
    input: z.strictObject({ filter: VehicleFilter, id: Uuid }),
    output: z.int().optional(),
  },
  'vehicles.get': { input: byId, output: VehicleFile },
  /** Rows of an import that was previewed, those of one verdict or all. */
  'vehicles.importRows': {
    input: z.strictObject({ importId: Uuid, verdict: ImportRow.shape.verdict.optional(), ...page }),
    output: z.array(ImportRow),
  },
  /** Makes the changes that the preview showed; progress comes as `job` events. */
  'vehicles.importApply': {
    input: z.strictObject({ importId: Uuid, jobId: Uuid }),
    output: z.object({
      added: z.int(),
      changed: z.int(),
      /** Rows that would no longer do what was shown, or whose change was refused. */
      skipped: z.int(),
      /** Stopped by the person: what was done until then stays. */
      cancelled: z.literal(true).optional(),
    }),
  },
  'search.query': {
    input: z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(50) }),
    output: SearchResults,
  },

  'app.info': { input: nothing, output: AppInfo },
  /** The window has painted its first real screen: the shell shows it, and takes the screenshot it was asked for. */
  'app.painted': { input: z.strictObject({ screen: z.string().max(40) }), output: nothing },
  /** Opens the carrier's page of a shipment in the browser; the address is read from the order, never from the page. */
  'app.openTracking': { input: z.strictObject({ orderId: Uuid, shipmentId: Uuid }), output: nothing },
  /** Opens the demo's mails in the browser; the address is the one that the app was started with. */
  'app.openInbox': { input: nothing, output: nothing },
  /** The link that the app was last opened with, once. It proves nothing: what it hints at is asked of the service. */
  'app.takeDeepLink': { input: nothing, output: DeepLink.optional() },
  /** Another account is to be shown: the page is loaded anew, so that nothing of the former one outlives it. */
  'app.startAnew': { input: nothing, output: nothing },
  'app.copy': { input: z.strictObject({ text: z.string().max(20_000) }), output: nothing },
  'settings.get': { input: nothing, output: Settings },
  'settings.set': { input: Settings.partial().strict(), output: Settings },
  'invoices.open': { input: byId, output: nothing },
  'invoices.print': { input: byId, output: z.object({ printed: z.boolean() }) },
  'invoices.saveAs': { input: byId, output: Saved },
  'invoices.saveZip': {
    input: z.strictObject({ jobId: Uuid, filter: InvoiceFilter, ids: z.array(Uuid).max(10_000).optional() }),
    output: Saved,
  },
  'invoices.saveCsv': { input: InvoiceFilter, output: Saved },
  'orders.saveCsv': { input: OrderFilter, output: Saved },
  'baskets.saveCsv': { input: byId, output: Saved },
  'vehicles.saveCsv': { input: VehicleFilter, output: Saved },
  /** Asks for a file and shows what importing it would change; changes nothing. */
  'vehicles.importPreview': {
    input: nothing,
    output: z.discriminatedUnion('opened', [
      z.object({ opened: z.literal(true), preview: ImportPreview }),
      z.object({ opened: z.literal(false) }),
    ]),
  },
  /** Everything about the account in one archive; progress comes as `job` events. */
  'data.saveAll': { input: z.strictObject({ jobId: Uuid }), output: SavedData },
  'jobs.cancel': { input: z.strictObject({ jobId: Uuid }), output: nothing },
} as const satisfies Record<CallName, { input: z.ZodType; output: z.ZodType }>;

/** After a commit the engine says which topics changed; the queries that depend on them run again. */
export const Topic = z.enum([
  'orders',
  'invoices',
  'vehicles',
  'profile',
  'baskets',
  'changes',
  'sync_log',
  'security',
]);
export type Topic = z.infer<typeof Topic>;

/** What the native menu asks the window to do. */
export const Command = z.enum([
  'home',
  'orders',
  'invoices',
  'baskets',
  'vehicles',
  'account',
  'changes',
  'search',
  'settings',
  'sync_now',
  'print',
  'back',
  'sign_out',
  'sync_details',
  'accounts',
  'add_account',
  'lock_now',
  'help',
]);
export type Command = z.infer<typeof Command>;

export const events = {
  changed: z.object({ topics: z.array(Topic) }),
  'sync.status': SyncStatus,
  session: SessionState,
  lock: LockState,
  settings: z.object({ settings: Settings, info: AppInfo }),
  command: z.object({ command: Command }),
  /** A link waits to be taken with `app.takeDeepLink`. */
  deep_link: z.object({}),
  /** Progress of long work that a call with this jobId started. */
  job: z.object({ jobId: Uuid, done: z.int(), total: z.int(), error: AppError.optional() }),
} as const satisfies Record<EventName, z.ZodType>;

export type Input<N extends CallName> = z.infer<(typeof calls)[N]['input']>;
export type Output<N extends CallName> = z.infer<(typeof calls)[N]['output']>;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;

/** One handler for each name of a set: leaving one out does not compile. */
export type Handlers<N extends CallName> = {
  [K in N]: (input: Input<K>) => Promise<Result<Output<K>>> | Result<Output<K>>;
};

/** What the preload script gives the page as `window.oscaro`. */
export type Bridge = {
  /** With the account that is meant, a call is answered `cancelled` once another one is shown. */
  calls: { [K in CallName]: (input: Input<K>, accountId?: string) => Promise<Result<Output<K>>> };
  on: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) => () => void;
};
