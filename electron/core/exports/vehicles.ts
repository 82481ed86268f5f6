import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { VehicleFilter } from '#shared/ipc/vehicles.ts';
import { lastReading } from '../imports/judge.ts';
import { count, text, type Language } from './csv.ts';
import { vehicleHeader } from './words.ts';
import { PAGE, writeCsv } from './write-csv.ts';

/** Writes the vehicles that a filter lets through, so that an import reads them back; answers how many. Failures of the disk are thrown. */
export function exportVehiclesCsv(
  page: (filter: VehicleFilter, offset: number, limit: number) => readonly Vehicle[],
  filter: VehicleFilter,
  path: string,
  language: Language,
): Promise<number> {
  return writeCsv(path, vehicleHeader[language], language, (offset) => page(filter, offset, PAGE).map(cells));
}

function cells(vehicle: Vehicle): string[] {
  const reading = lastReading(vehicle);
  return [
    text(vehicle.plate),
    vehicle.vin ?? '',
    text(vehicle.make),
    text(vehicle.model),
    text(vehicle.engine ?? ''),
    vehicle.firstRegistration ?? '',
    reading ? count(reading.kilometres) : '',
    reading?.on ?? '',
    text(vehicle.customerName ?? ''),
    text(vehicle.notes ?? ''),
    vehicle.retiredOn ?? '',
  ];
}
