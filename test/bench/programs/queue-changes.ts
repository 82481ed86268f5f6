import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PushRequest } from '#shared/protocol/push.ts';
import { idText } from '#core/db/ids.ts';
import { nodeTransport } from '#core/service/node-transport.ts';
import { GARAGE } from '../lib/demo-garage.ts';
import { localChanges } from '../lib/local-changes.ts';
import { openCache } from '#test/support/keys.ts';
import { must, noNetwork, openEngine, secretOf } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';

/**
 * Signs in to a real service, syncs, loses the network and makes so many changes. Leaves a folder in which they wait, and beside it the very
 * same changes as they will be sent.
 */
const { url, folder, count, batch } = programInput<{
  url: string;
  folder: string;
  count: number;
  batch: string;
}>();
const node = nodeTransport();
let online = true;
const engine = openEngine(folder, url, {
  transport: (request) => (online ? node.transport(request) : noNetwork(request)),
});
const { handlers } = engine;
await must(handlers['session.signIn'](GARAGE));
await must(handlers['sync.now'](undefined));
online = false;
for (const { call } of await localChanges(handlers, count)) {
  const made = await must(handlers['changes.make'](call));
  if (!made.made) throw new Error(`${call.name} was refused: ${made.refusal.kind}`);
}
const session = await must(handlers['session.get'](undefined));
if (session.state !== 'signed_in') throw new Error(`the session is ${session.state}`);
await engine.close();
node.close();
writeFileSync(batch, JSON.stringify(waiting(join(folder, 'accounts', session.account.id))));
answer({ count });

type Row = Omit<PushRequest['mutations'][number], 'id' | 'args' | 'base'> & {
  id: Uint8Array;
  args: string;
  base: string | null;
};

function waiting(accountFolder: string): PushRequest {
  const name = readdirSync(accountFolder).find((file) => file.endsWith('.db'));
  const db = openCache(join(accountFolder, name ?? ''), { readonly: true }, (id) => secretOf(folder, id));
  const rows = db.prepare('SELECT id, seq, name, args, base, at FROM changes ORDER BY seq').all() as Row[];
  const replicaId = db.prepare("SELECT value FROM meta WHERE name = 'replicaId'").pluck().get() as string;
  db.close();
  const mutations = rows.map(({ id, args, base, ...row }) => ({
    ...row,
    id: idText(id),
    args: JSON.parse(args) as unknown,
    ...(base !== null && { base: JSON.parse(base) as unknown }),
  }));
  return { replicaId, mutations };
}
