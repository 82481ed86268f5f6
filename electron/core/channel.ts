import type { EventPayload } from '#shared/ipc/contract.ts';
import { engineCalls } from '#shared/ipc/names.ts';
import type { EngineEvent, EngineHandlers, InternalHandlers } from './api.ts';

/** What travels between the thread of the engine and the one that started it. */
const internalCalls: Record<keyof InternalHandlers, true> = {
  'settings.apply': true,
  'sync.hint': true,
  'invoices.file': true,
  'orders.trackingUrl': true,
  'exports.ordersCsv': true,
  'exports.invoicesCsv': true,
  'exports.invoicesZip': true,
  'exports.basketCsv': true,
  'exports.vehiclesCsv': true,
  'exports.allData': true,
  'vehicles.importPreview': true,
  'jobs.cancel': true,
};

export const handlerNames = [
  ...engineCalls,
  ...Object.keys(internalCalls),
] as readonly (keyof EngineHandlers)[];

const eventFlags: Record<EngineEvent, true> = {
  changed: true,
  'sync.status': true,
  session: true,
  lock: true,
  job: true,
};
export const engineEvents = Object.keys(eventFlags) as readonly EngineEvent[];

export type EventNotice = { [E in EngineEvent]: { event: E; payload: EventPayload<E> } }[EngineEvent];

export const EVENT = 'event';
export const LOG = 'log';
export const CLOSE = 'close';

/** The same handler for every name. */
export function eachHandler(handler: (name: keyof EngineHandlers) => unknown): EngineHandlers {
  return Object.fromEntries(handlerNames.map((name) => [name, handler(name)])) as unknown as EngineHandlers;
}
