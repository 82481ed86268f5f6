import { m } from '#shared/i18n/generated/messages.js';
import type { VehicleRow } from '#shared/ipc/vehicles.ts';
import type { MutationCall } from '#shared/ipc/changes.ts';
import { change, changeAll, type ChangeOutcome } from '#lib/changes.svelte.ts';
import { clock } from '#lib/clock.svelte.ts';
import * as format from '#lib/format.ts';
import type { TextField } from './fields.ts';
import type { Reading } from './mileage-advice.ts';

/** Sets one fact; an empty text takes it away. `seen`: what stood there when editing began. */
export function setField(
  id: string,
  field: TextField,
  text: string,
  seen: string | undefined,
): Promise<ChangeOutcome> {
  const value = text === '' ? null : text;
  // Each field has a schema of its own; the engine checks what is right for it.
  const args = { id, field, value } as Extract<MutationCall, { name: 'vehicle.setField' }>['args'];
  return change({ name: 'vehicle.setField', args, base: seen ?? null }, { showsRefusal: true });
}

export async function retire(vehicles: readonly Pick<VehicleRow, 'id' | 'plate'>[]): Promise<number> {
  return changeAll(
    vehicles.map(({ id }) => ({ name: 'vehicle.retire', args: { id, on: clock.today } })),
    {
      done: (count) =>
        count === 1 && vehicles[0]
          ? m.vehicles_retired_done({ plate: vehicles[0].plate })
          : m.vehicles_retired_many_done({ count }),
    },
  );
}

export async function reinstate(vehicles: readonly Pick<VehicleRow, 'id' | 'plate'>[]): Promise<number> {
  return changeAll(
    vehicles.map(({ id }) => ({ name: 'vehicle.reinstate', args: { id } })),
    {
      done: (count) =>
        count === 1 && vehicles[0]
          ? m.vehicles_reinstated_done({ plate: vehicles[0].plate })
          : m.vehicles_reinstated_many_done({ count }),
    },
  );
}

/** Of one day there is one reading: another of that day is replaced, and "instead" is how a lower one comes to stand. */
export function recordMileage(
  id: string,
  reading: Reading,
  sameDay: Reading | undefined,
): Promise<ChangeOutcome> {
  const done = m.vehicles_reading_done({ kilometres: format.count(reading.kilometres) });
  const { on, kilometres } = reading;
  return change(
    sameDay && sameDay.kilometres > kilometres
      ? {
          name: 'vehicle.removeMileage',
          args: { id, on, instead: kilometres },
          base: sameDay.kilometres,
        }
      : { name: 'vehicle.recordMileage', args: { id, on, kilometres } },
    { done },
  );
}

export function removeMileage(id: string, reading: Reading): Promise<ChangeOutcome> {
  return change(
    { name: 'vehicle.removeMileage', args: { id, on: reading.on }, base: reading.kilometres },
    { done: m.vehicles_reading_removed({ date: format.day(reading.on) }) },
  );
}
