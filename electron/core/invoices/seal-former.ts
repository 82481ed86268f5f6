import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BeforeWrite } from '../db/connection.ts';
import { unlessMissing } from '../files/errors.ts';
import type { SealingKey } from '../keys/seal.ts';
import { asidePath, FORMER, FORMER_PART, keptPath, type InvoiceFolder } from './folder.ts';
import { Frames } from './frames.ts';
import { sha256Of } from './verify.ts';

/** A folder whose files are sealed. */
export type SealedFolder = InvoiceFolder & { key: SealingKey };

/** The invoices of which a version that did not seal has left a file in clear. */
export async function formerIds(folder: SealedFolder): Promise<string[]> {
  const ids = (await readdir(folder.path)).flatMap((name) => FORMER.exec(name)?.[1] ?? []);
  return [...new Set(ids)];
}

/** Deletes what was still arriving in clear: it can be fetched again. */
export async function dropFormerParts(folder: SealedFolder): Promise<void> {
  for (const name of await readdir(folder.path))
    if (FORMER_PART.test(name)) await rm(join(folder.path, name), { force: true });
}

/**
 * Seals what is there of an invoice in clear. A file that does not have the hash that is known of it is set aside, and `altered` is the answer; without
 * a known hash it is kept until it is fetched anew, as it was in clear.
 */
export async function sealFormer(
  folder: SealedFolder,
  id: string,
  sha256: string | undefined,
  before: BeforeWrite | undefined,
): Promise<'altered' | undefined> {
  // What was set aside is no invoice, so the service does not have it: it is sealed too instead of deleted. It is the older one, so it goes first.
  await sealInPlace(folder, id, join(folder.path, `${id}.damaged`), () => asidePath(folder, id), before);
  let altered = false;
  const to = (found: string): string => {
    altered = sha256 !== undefined && found !== sha256;
    return altered ? asidePath(folder, id) : keptPath(folder, id);
  };
  await sealInPlace(folder, id, join(folder.path, `${id}.pdf`), to, before);
  return altered ? 'altered' : undefined;
}

/**
 * The sealed copy is whole and on the disk before it gets its name, and has its name before the plain file goes: whenever the computer stops, one of
 * them is there, and the same is done again. The disk keeps the order of the last two steps: both are entries of one folder.
 */
async function sealInPlace(
  { key }: SealedFolder,
  id: string,
  from: string,
  to: (sha256: string) => string,
  before: BeforeWrite | undefined,
): Promise<void> {
  const plain = await unlessMissing(readFile(from));
  if (!plain) return;
  const sha256 = sha256Of(plain);
  const target = to(sha256);
  const temporary = `${target}.new`;
  before?.('seal an invoice');
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(new Frames(key, id, sha256).whole(plain));
    await file.sync();
  } finally {
    await file.close();
  }
  before?.('name a sealed invoice');
  await rename(temporary, target);
  before?.('delete a plain invoice');
  await rm(from);
}
