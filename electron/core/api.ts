import type { EventPayload, Handlers } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type { InvoiceFilter } from '#shared/ipc/invoices.ts';
import type { EngineCall, EventName } from '#shared/ipc/names.ts';
import type { OrderFilter } from '#shared/ipc/orders.ts';
import type { Settings } from '#shared/ipc/settings.ts';
import type { ImportPreview, VehicleFilter } from '#shared/ipc/vehicles.ts';

/** What the engine needs from its surroundings and cannot do itself: in the app the shell answers, in tests the test. */
export interface EngineHost {
  /** The secret kept for an account (its refresh token), or undefined; survives a restart only where it can be protected. */
  loadSecret: (accountId: string) => Promise<string | undefined>;
  /** Answers whether the secret will survive the app's end; `lasting: false` wants it not to. */
  saveSecret: (
    accountId: string,
    secret: string,
    options?: { lasting: boolean },
  ) => Promise<{ durable: boolean }>;
  deleteSecret: (accountId: string) => Promise<void>;
  log: (
    level: 'error' | 'warn' | 'info' | 'debug',
    message: string,
    fields?: Record<string, string | number | boolean>,
  ) => void;
}

export interface EngineSettings {
  /** Where to sign in when the call names no address, and where a known account is looked for when it is set anew. */
  serviceUrl: string;
  keepInvoiceMonths: number;
  language: 'fr' | 'en';
}

export interface EngineOptions {
  /** The folder that holds everything the engine keeps; made with mode 0700 when missing. */
  folder: string;
  settings: EngineSettings;
  device: { name: string; platform: 'windows' | 'macos' | 'linux'; appVersion: string };
}

/** What the shell asks of the engine and the window never can: paths are chosen by people in system dialogs. */
export interface InternalHandlers {
  'settings.apply': (settings: EngineSettings) => Result<undefined>;
  /** The machine woke up, the network came back, or the window is looked at (again): try now, and poll at the visible rate. */
  'sync.hint': (hint: { kind: 'resumed' | 'network' | 'visible' | 'hidden' }) => Result<undefined>;
  /** The verified bytes of an invoice's PDF, fetched first when it is not here, and the invoice's number. */
  'invoices.file': (input: {
    id: string;
  }) => Promise<Result<{ bytes: Uint8Array<ArrayBuffer>; number: string }>>;
  'orders.trackingUrl': (input: {
    orderId: string;
    shipmentId: string;
  }) => Result<{ url: string }> | Promise<Result<{ url: string }>>;
  'exports.ordersCsv': (input: { filter: OrderFilter; path: string }) => Promise<Result<{ count: number }>>;
  'exports.invoicesCsv': (input: {
    filter: InvoiceFilter;
    path: string;
  }) => Promise<Result<{ count: number }>>;
  'exports.basketCsv': (input: { id: string; path: string }) => Promise<Result<{ count: number }>>;
  'exports.vehiclesCsv': (input: {
    filter: VehicleFilter;
    path: string;
  }) => Promise<Result<{ count: number }>>;
  /** What importing a file would do; its rows and applying it are asked for by the id in the answer. */
  'vehicles.importPreview': (input: { path: string }) => Promise<Result<ImportPreview>>;
  /** Writes to a temporary name and renames at the end; a cancelled or failed job leaves nothing behind. */
  'exports.invoicesZip': (input: {
    jobId: string;
    filter: InvoiceFilter;
    ids?: string[] | undefined;
    path: string;
  }) => Promise<Result<{ count: number }>>;
  /** The same for everything about the account. */
  'exports.allData': (input: {
    jobId: string;
    path: string;
    settings: Settings;
  }) => Promise<Result<{ count: number; missingInvoices: number; missingAccount: boolean }>>;
  'jobs.cancel': (input: { jobId: string }) => Result<undefined>;
}

export type EngineHandlers = Handlers<EngineCall> & InternalHandlers;
export type EngineEvent = Extract<EventName, 'changed' | 'sync.status' | 'session' | 'lock' | 'job'>;

export interface Engine {
  handlers: EngineHandlers;
  /** Whether this account is the one that handlers speak of now. */
  isShown: (accountId: string) => boolean;
  on: <E extends EngineEvent>(event: E, listener: (payload: EventPayload<E>) => void) => () => void;
  /** Ends requests and timers, then closes the database; nothing of the engine runs afterwards. */
  close: () => Promise<void>;
}
