import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { VehicleFilter } from '#shared/ipc/vehicles.ts';
import { lastReading } from '../imports/judge.ts';
import { count, text, type Language } from './csv.ts';
import { vehicleHeader } from './words.ts';
import { inPages, PAGE, type Table } from './table.ts';
import { writeCsv } from './write-csv.ts';

type VehiclePage = (filter: VehicleFilter, offset: number, limit: number) => readonly Vehicle[];

/** Writes the vehicles that a filter lets through, so that an import reads them back; answers how many. Failures of the disk are thrown. */
export function exportVehiclesCsv(
  page: VehiclePage,
  filter: VehicleFilter,
  path: string,
  language: Language,
): Promise<number> {
  return writeCsv(path, vehiclesTable(page, filter, language), language);
}

export function vehiclesTable(page: VehiclePage, filter: VehicleFilter, language: Language): Table {
  return {
    header: vehicleHeader[language],
    pages: inPages((offset) => page(filter, offset, PAGE).map(cells)),
  };
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
