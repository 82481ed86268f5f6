import type { Handlers, Output } from '#shared/ipc/contract.ts';
import { ok, type Result } from '#shared/ipc/errors.ts';
import * as m from '#shared/i18n/generated/messages.js';
import type { AskWhereToSave } from '#main/platform/dialogs.ts';
import { safeFileName } from '#main/platform/file-name.ts';
import type { Language } from '#main/platform/language.ts';
import type { SettingsStore } from '#main/platform/settings.ts';
import type { RemoteEngine } from './engine.ts';

export interface ExportCallsContext {
  engine: Pick<
    RemoteEngine,
    | 'baskets.get'
    | 'exports.allData'
    | 'exports.basketCsv'
    | 'exports.invoicesCsv'
    | 'exports.invoicesZip'
    | 'exports.ordersCsv'
    | 'exports.vehiclesCsv'
    | 'jobs.cancel'
  >;
  language: () => Language;
  askWhereToSave: AskWhereToSave;
  store: Pick<SettingsStore, 'get'>;
  /** The day on this computer's calendar, YYYY-MM-DD, for the names of files. */
  today: () => string;
}

type ExportCall =
  | 'invoices.saveZip'
  | 'invoices.saveCsv'
  | 'orders.saveCsv'
  | 'baskets.saveCsv'
  | 'vehicles.saveCsv'
  | 'data.saveAll'
  | 'jobs.cancel';

export function exportHandlers(context: ExportCallsContext): Handlers<ExportCall> {
  const { engine, askWhereToSave } = context;
  const locale = () => ({ locale: context.language() });
  const date = () => ({ date: context.today() });
  const askForCsv = (name: string) =>
    askWhereToSave({
      title: m.shell_save_csv_title({}, locale()),
      fileName: `${name}.csv`,
      fileType: m.shell_file_type_csv({}, locale()),
    });

  return {
    'invoices.saveZip': async ({ jobId, filter, ids }) => {
      const path = await askWhereToSave({
        title: m.shell_save_zip_title({}, locale()),
        fileName: `${m.shell_file_name_invoices(date(), locale())}.zip`,
        fileType: m.shell_file_type_zip({}, locale()),
      });
      return write(path, (to) => engine['exports.invoicesZip']({ jobId, filter, ids, path: to }));
    },
    'invoices.saveCsv': async (filter) =>
      write(await askForCsv(m.shell_file_name_invoices(date(), locale())), (path) =>
        engine['exports.invoicesCsv']({ filter, path }),
      ),
    'orders.saveCsv': async (filter) =>
      write(await askForCsv(m.shell_file_name_orders(date(), locale())), (path) =>
        engine['exports.ordersCsv']({ filter, path }),
      ),
    'vehicles.saveCsv': async (filter) =>
      write(await askForCsv(m.shell_file_name_vehicles(date(), locale())), (path) =>
        engine['exports.vehiclesCsv']({ filter, path }),
      ),
    'baskets.saveCsv': async ({ id }) => {
      const basket = await engine['baskets.get']({ id });
      if (!basket.ok) return basket;
      const name = safeFileName(basket.value.basket.name, m.shell_file_name_basket(date(), locale()));
      return write(await askForCsv(name), (path) => engine['exports.basketCsv']({ id, path }));
    },
    'data.saveAll': async ({ jobId }) => {
      const path = await askWhereToSave({
        title: m.shell_save_data_title({}, locale()),
        fileName: `${m.shell_file_name_data(date(), locale())}.zip`,
        fileType: m.shell_file_type_zip({}, locale()),
      });
      if (!path) return ok({ saved: false });
      const written = await engine['exports.allData']({ jobId, path, settings: context.store.get() });
      return written.ok ? ok({ saved: true, path, ...written.value }) : written;
    },
    'jobs.cancel': (input) => engine['jobs.cancel'](input),
  };
}

async function write(
  path: string | undefined,
  writeTo: (path: string) => Promise<Result<{ count: number }>>,
): Promise<Result<Output<'orders.saveCsv'>>> {
  if (!path) return ok({ saved: false });
  const written = await writeTo(path);
  return written.ok ? ok({ saved: true, path, count: written.value.count }) : written;
}
