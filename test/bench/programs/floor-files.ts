import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { routes } from '#shared/protocol/routes.ts';
import { get, hangUp } from '../floors/pages.ts';
import { answer, programInput } from '../lib/program.ts';

/** Fetches invoices four at a time, hashes each and writes it atomically: temporary name, fsync, rename; sealed with AES-256-GCM, if asked for. */
const { url, folder, ids, sealed } = programInput<{
  url: string;
  folder: string;
  ids: string[];
  sealed: boolean;
}>();
const key = randomBytes(32);
mkdirSync(folder, { recursive: true });
const started = performance.now();
const waiting = [...ids];
await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await keep(id);
  }),
);
const ms = performance.now() - started;
hangUp();
answer({ ms });

async function keep(id: string): Promise<void> {
  const bytes = await get(`${url}${routes.invoicePdf(id)}`);
  const name = createHash('sha256').update(bytes).digest('hex');
  const partial = join(folder, `${id}.part`);
  const file = await open(partial, 'wx');
  if (sealed) await file.writev(seal(bytes));
  else await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await rename(partial, join(folder, `${name}.pdf`));
}

function seal(bytes: Uint8Array): Uint8Array[] {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = cipher.update(bytes);
  cipher.final();
  return [nonce, text, cipher.getAuthTag()];
}
