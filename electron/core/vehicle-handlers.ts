import type { OpenAccount } from './accounts/open-account.ts';
import type { EngineHandlers, EngineSettings } from './api.ts';
import type { Env } from './env.ts';
import type { VehicleImports } from './imports/vehicle-imports.ts';
import type { Jobs } from './jobs.ts';
import type { MakeChange } from './make-change.ts';
import { fail, ok } from './result.ts';
import type { WithAccount } from './with-account.ts';

type VehicleCall =
  | 'vehicles.list'
  | 'vehicles.count'
  | 'vehicles.page'
  | 'vehicles.position'
  | 'vehicles.get'
  | 'vehicles.importRows'
  | 'vehicles.importApply'
  | 'vehicles.importPreview'
  | 'exports.vehiclesCsv';

interface Ports {
  env: Env;
  jobs: Jobs;
  make: (open: OpenAccount) => MakeChange;
  settings: () => EngineSettings;
}

export function vehicleHandlers(
  { read, find, work }: WithAccount,
  ports: Ports,
): Pick<EngineHandlers, VehicleCall> {
  const { env, jobs, make, settings } = ports;
  /** A preview goes with the account that it was made for. */
  const imports = new WeakMap<OpenAccount, VehicleImports>();
  const importsOf = async (open: OpenAccount): Promise<VehicleImports> => {
    const { VehicleImports } = await import('./imports/vehicle-imports.ts');
    const known = imports.get(open) ?? new VehicleImports(open.store, env);
    imports.set(open, known);
    return known;
  };
  return {
    'vehicles.list': (asked) => read(({ queries }) => queries.vehicles(asked)),
    'vehicles.count': (filter) => read(({ queries }) => queries.vehicleList.count(filter)),
    'vehicles.page': ({ filter, offset, limit }) =>
      read(({ queries }) => queries.vehicleList.page(filter, offset, limit)),
    'vehicles.position': ({ filter, id }) => read(({ queries }) => queries.vehicleList.position(filter, id)),
    'vehicles.get': ({ id }) => find(({ queries }) => queries.vehicle(id, env.clock.now())),
    'vehicles.importPreview': ({ path }) => work(async (open) => (await importsOf(open)).preview(path)),
    'vehicles.importRows': ({ importId, verdict, offset, limit }) =>
      work(async (open) => {
        const rows = (await importsOf(open)).rows(importId, verdict, offset, limit);
        return rows ? ok(rows) : fail('not_found');
      }),
    'vehicles.importApply': ({ importId, jobId }) =>
      work(async (open) => {
        const known = await importsOf(open);
        return jobs.run(jobId, (job) => known.apply(importId, make(open), job));
      }),
    'exports.vehiclesCsv': ({ filter, path }) =>
      work(async ({ queries }) => {
        const { exportVehiclesCsv } = await import('./exports/vehicles.ts');
        const count = await exportVehiclesCsv(
          (...stretch) => queries.vehicleList.values(...stretch),
          filter,
          path,
          settings().language,
        );
        return ok({ count });
      }),
  };
}
