import * as m from '#shared/i18n/generated/messages.js';
import { csvText } from '../write-csv.ts';
import { invoicesTable, ordersTable } from '../lists.ts';
import type { Table } from '../table.ts';
import { changesOnlyHere } from './changes.ts';
import { entities, jsonArray, jsonValue } from './json.ts';
import type { DataSource } from './source.ts';
import { allVehiclesTable, basketsTable, linesTable } from './tables.ts';

/** A file of the archive, with what the readme says of it. */
export interface Part {
  name: string;
  meaning: string;
  pieces: Iterable<string>;
}

/** Everything that this computer has, as files. Their content is read when it is asked for. */
export function partsHere(source: DataSource): Part[] {
  const { reader, queries, language, settings } = source;
  const locale = { locale: language };
  const json = (name: string, meaning: string, pieces: Iterable<string>): Part => ({
    name: `json/${name}.json`,
    meaning,
    pieces,
  });
  const csv = (name: string, meaning: string, table: Table): Part => ({
    name: `csv/${name}.csv`,
    meaning,
    pieces: csvText(table, language),
  });
  const all = (type: Parameters<typeof entities>[1]): Iterable<string> => jsonArray(entities(reader, type));
  const names = {
    orders: m.data_file_orders({}, locale),
    invoices: m.data_file_invoices({}, locale),
    baskets: m.data_file_baskets({}, locale),
    vehicles: m.data_file_vehicles({}, locale),
  };
  return [
    json(m.data_file_profile({}, locale), m.data_about_profile({}, locale), all('profile')),
    json(names.orders, m.data_about_orders({}, locale), all('order')),
    json(names.invoices, m.data_about_invoices({}, locale), all('invoice')),
    json(names.baskets, m.data_about_baskets({}, locale), all('basket')),
    json(names.vehicles, m.data_about_vehicles({}, locale), all('vehicle')),
    json(m.data_file_notices({}, locale), m.data_about_notices({}, locale), all('notice')),
    json(m.data_file_messages({}, locale), m.data_about_messages({}, locale), all('support_message')),
    json(
      m.data_file_changes({}, locale),
      m.data_about_changes({}, locale),
      jsonArray(changesOnlyHere(reader)),
    ),
    json(m.data_file_settings({}, locale), m.data_about_settings({}, locale), jsonValue(settings)),
    csv(names.orders, m.data_about_orders_csv({}, locale), ordersTable(queries.orders, {}, language)),
    csv(m.data_file_lines({}, locale), m.data_about_lines_csv({}, locale), linesTable(source)),
    csv(names.invoices, m.data_about_invoices_csv({}, locale), invoicesTable(queries.invoices, {}, language)),
    csv(names.vehicles, m.data_about_vehicles_csv({}, locale), allVehiclesTable(source)),
    csv(names.baskets, m.data_about_baskets_csv({}, locale), basketsTable(source)),
  ];
}
