import { readFileSync } from 'node:fs';
import { systemClock } from '#service/clock.ts';
import { openStore } from '#service/store/open.ts';
import { push } from '#service/sync/push.ts';
import { MAX_PUSH_MUTATIONS, type PushRequest } from '#shared/protocol/push.ts';
import { answer, programInput } from '../lib/program.ts';

/** The service's own code takes the same changes in the same batches, in one process and without HTTP. */
const { dataDir, batch, email } = programInput<{ dataDir: string; batch: string; email: string }>();
const { replicaId, mutations } = JSON.parse(readFileSync(batch, 'utf8')) as PushRequest;
const store = await openStore(dataDir);
const account = await store.db
  .selectFrom('accounts')
  .select('key')
  .where('email', '=', email)
  .executeTakeFirstOrThrow();
const fail = (error: unknown): never => {
  throw error;
};
const started = performance.now();
for (let from = 0; from < mutations.length; from += MAX_PUSH_MUTATIONS) {
  const some = mutations.slice(from, from + MAX_PUSH_MUTATIONS);
  const { response } = await push(store, systemClock, account.key, { replicaId, mutations: some }, fail);
  const taken = response.outcomes.filter(({ outcome }) => outcome === 'applied').length;
  if (taken !== some.length) throw new Error(`${taken} of ${some.length} changes were taken`);
}
const ms = performance.now() - started;
await store.close();
answer({ ms });
