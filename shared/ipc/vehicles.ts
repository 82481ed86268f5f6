import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { Cents, Currency } from '../domain/money.ts';
import { CalendarDate } from '../domain/time.ts';
import { Vehicle } from '../domain/vehicle.ts';

/** A vehicle as lists show it: a plate and a name. */
export const VehicleTag = z.object({ id: Uuid, plate: z.string(), label: z.string() });
export type VehicleTag = z.infer<typeof VehicleTag>;

export const VehicleChoice = VehicleTag.extend({
  customerName: z.string().optional(),
  orderCount: z.int(),
});
export type VehicleChoice = z.infer<typeof VehicleChoice>;

export const VehicleFilter = z.strictObject({
  /** Every word must occur in plate, VIN, customer, make, model or engine; accents, case and separators ignored. */
  text: z.string().max(200).optional(),
  /** Retired ones only, or (absent) only those in use. */
  retired: z.boolean().optional(),
});
export type VehicleFilter = z.infer<typeof VehicleFilter>;

export const VehicleRow = VehicleTag.extend({
  engine: z.string().optional(),
  vin: z.string().optional(),
  customerName: z.string().optional(),
  mileage: z.object({ on: CalendarDate, kilometres: z.int() }).optional(),
  orderCount: z.int(),
  /** Lines for the vehicle, with the delivery of its own orders; without orders that were cancelled. */
  spentExclVat: Cents,
  spentInclVat: Cents,
  currency: Currency,
  lastOrderOn: CalendarDate.optional(),
  retiredOn: CalendarDate.optional(),
  pending: z.boolean(),
});
export type VehicleRow = z.infer<typeof VehicleRow>;

/** Everything about one vehicle; its orders are a filter of the orders list. */
export const VehicleFile = z.object({
  id: Uuid,
  vehicle: Vehicle,
  row: VehicleRow,
  /** Twelve months, oldest first, months without orders included. Amounts as in the row; `count` is of orders with something for the vehicle. */
  spending: z.array(
    z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), exclVat: Cents, inclVat: Cents, count: z.int() }),
  ),
  /** What is not sent yet: `plate`, `notes`, `mileage:<date>`, … */
  pendingMarks: z.array(z.string()),
});
export type VehicleFile = z.infer<typeof VehicleFile>;

/** The columns that an import understands, by the field they fill. */
export const ImportColumn = z.enum([
  'plate', 'vin', 'make', 'model', 'engine', 'firstRegistration', 'mileage', 'mileageOn', 'customerName', 'notes',
]); // prettier-ignore
export type ImportColumn = z.infer<typeof ImportColumn>;

export const ImportProblem = z.object({
  column: ImportColumn.optional(),
  kind: z.enum(['missing', 'invalid_plate', 'invalid_vin', 'invalid_date', 'invalid_mileage', 'too_long', 'characters', 'twice_in_file', 'retired', 'too_many_cells']),
  value: z.string().max(200).optional(),
}); // prettier-ignore
export type ImportProblem = z.infer<typeof ImportProblem>;

/** What an import would do with one row of the file. Rows are matched to vehicles by VIN, then by plate. */
export const ImportRow = z.object({
  /** Line of the file, the header being line 1. */
  line: z.int(),
  verdict: z.enum(['add', 'change', 'same', 'invalid']),
  plate: z.string(),
  label: z.string(),
  changes: z.array(z.object({ column: ImportColumn, before: z.string().optional(), after: z.string() })),
  problems: z.array(ImportProblem),
});
export type ImportRow = z.infer<typeof ImportRow>;

export const ImportPreview = z.object({
  importId: Uuid,
  fileName: z.string(),
  encoding: z.enum(['utf-8', 'utf-16', 'windows-1252']),
  separator: z.enum([';', ',', 'tab']),
  columns: z.array(z.object({ header: z.string(), column: ImportColumn.optional() })),
  /** Columns without which nothing can be imported. */
  missing: z.array(ImportColumn),
  counts: z.object({ add: z.int(), change: z.int(), same: z.int(), invalid: z.int() }),
});
export type ImportPreview = z.infer<typeof ImportPreview>;
