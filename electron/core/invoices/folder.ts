import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SealingKey } from '../keys/seal.ts';

/** Where the files of invoices lie, and the key that they are sealed with; without one they are in clear. */
export interface InvoiceFolder {
  path: string;
  key: SealingKey | undefined;
}

export const keptPath = ({ path, key }: InvoiceFolder, id: string): string =>
  join(path, key ? `${id}.sealed` : `${id}.pdf`);

/** Where a file is put that is not what it was any more. */
export const asidePath = ({ path, key }: InvoiceFolder, id: string): string =>
  join(path, key ? `${id}.damaged.sealed` : `${id}.damaged`);

/** A file that is still arriving. In clear its name holds the hash that the whole will have; sealed, its first frame does. */
export const partPath = ({ path, key }: InvoiceFolder, id: string, sha256: string): string =>
  join(path, key ? `${id}.sealed.part` : `${id}.${sha256}.part`);

const BEGUN = /^([\w-]+)\.(?:sealed|[0-9a-f]{64})\.part$/;

/** The invoices of which earlier attempts have left a beginning. */
export const begunIn = ({ path }: InvoiceFolder): string[] =>
  readdirSync(path).flatMap((name) => BEGUN.exec(name)?.[1] ?? []);

/** Names that a version without sealing gave: to an invoice, whole or set aside, and to one that was still arriving. */
export const FORMER = /^([\w-]+)\.(?:pdf|damaged)$/;
export const FORMER_PART = /^[\w-]+\.[0-9a-f]{64}\.part$/;

export const isFormer = (name: string): boolean => FORMER.test(name) || FORMER_PART.test(name);
