import type { Settings } from '#shared/ipc/settings.ts';
import type { Connection } from '../../db/connection.ts';
import type { InvoiceFiles } from '../../invoices/files.ts';
import type { Queries } from '../../queries/queries.ts';
import type { Session } from '../../service/session.ts';
import type { Language } from '../csv.ts';

/** Where everything about an account comes from. */
export interface DataSource {
  reader: Connection;
  queries: Queries;
  files: InvoiceFiles;
  session: Session;
  /** Of the app on this computer. */
  settings: Settings;
  language: Language;
  now: () => number;
}
