import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Db, Trx } from './schema.ts';

export interface Meta {
  /** Changes when the database is restored from a backup: replicas then read everything again. */
  epoch: string;
  /** Signs cursors, derives the successors of refresh tokens, and hides what throttles count by. */
  secret: KeyObject;
}

async function readOrMake(trx: Trx, name: string, make: () => string): Promise<string> {
  const row = await trx.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst();
  if (row) return row.value;
  const value = make();
  await trx.insertInto('meta').values({ name, value }).execute();
  return value;
}

const newEpoch = () => randomBytes(12).toString('base64url');

/** Reads what the database says about itself; makes it at the first start, and a new epoch after a restore. */
export async function loadMeta(db: Db, options: { restored?: boolean | undefined }): Promise<Meta> {
  return db.transaction().execute(async (trx) => {
    if (options.restored) await trx.deleteFrom('meta').where('name', '=', 'epoch').execute();
    const epoch = await readOrMake(trx, 'epoch', newEpoch);
    const secret = await readOrMake(trx, 'secret', () => randomBytes(32).toString('base64url'));
    return { epoch, secret: createSecretKey(secret, 'base64url') };
  });
}
