import { m } from '#shared/i18n/generated/messages.js';
import type { MutationName } from '#shared/ipc/changes.ts';
import { day } from '../format.ts';
import { distance, fieldValue, vehicleField } from './values.ts';
import type { Words } from './types.ts';

type VehicleChange = Extract<MutationName, `vehicle.${string}`>;

export const vehicleWords: Words<VehicleChange> = {
  'vehicle.add': (_args, about) => m.changes_told_vehicle_add(about),
  'vehicle.addMany': ({ vehicles }) => m.changes_told_vehicle_add_many({ count: vehicles.length }),
  'vehicle.changeMany': ({ vehicles }) => m.changes_told_vehicle_change_many({ count: vehicles.length }),
  'vehicle.remove': ({ vehicles }, about) =>
    vehicles.length === 1
      ? m.changes_told_vehicle_remove(about)
      : m.changes_told_vehicle_remove_many({ count: vehicles.length }),
  'vehicle.setField': ({ field, value }, { label }) =>
    value === null
      ? m.changes_told_field_gone({ label, field: vehicleField(field) })
      : m.changes_told_field_set({ label, field: vehicleField(field), value: fieldValue(field, value) }),
  'vehicle.recordMileage': ({ kilometres }, { label }) =>
    m.changes_told_mileage({ label, distance: distance(kilometres) }),
  'vehicle.removeMileage': ({ on, instead }, { label }) =>
    instead === undefined
      ? m.changes_told_mileage_gone({ label, date: day(on) })
      : m.changes_told_mileage_instead({ label, date: day(on), distance: distance(instead) }),
  'vehicle.retire': (_args, about) => m.changes_told_vehicle_retire(about),
  'vehicle.reinstate': (_args, about) => m.changes_told_vehicle_reinstate(about),
};
