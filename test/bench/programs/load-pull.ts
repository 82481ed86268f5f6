import { setTimeout as sleep } from 'node:timers/promises';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse } from '#shared/protocol/sessions.ts';
import { get, hangUp } from '../floors/pages.ts';
import { cpuSeconds } from '../lib/memory.ts';
import { GARAGE } from '../lib/demo-garage.ts';
import { answer, programInput } from '../lib/program.ts';
import { percentile } from '../lib/stats.ts';
import { newId } from '#shared/domain/ids.ts';

/**
 * Four readers, each the whole feed page by page. Counts pages for each second that the server has computed, not for each
 * second that has passed: that is what one core of its own could answer, whoever else uses the machine.
 */
const { url, pid } = programInput<{ url: string; pid: number }>();
const signIn = await fetch(`${url}${routes.signIn}`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
  body: JSON.stringify({
    ...GARAGE,
    device: { name: 'bench', platform: 'linux', appVersion: '0.0.0' },
  }),
});
if (!signIn.ok) throw new Error(`the sign-in was answered ${signIn.status}`);
const { accessToken } = (await signIn.json()) as SignInResponse;

let spent: number[] = [];
let bytes = 0;
await read(); // compiles statements and code
spent = [];
bytes = 0;
const before = cpuSeconds(pid);
await Promise.all(Array.from({ length: 4 }, read));
await sleep(50); // the last answer has left the server
const seconds = cpuSeconds(pid) - before;
hangUp();
answer({ pagesPerSecond: spent.length / seconds, p99Ms: percentile(spent, 99), mb: bytes / 1e6 });

async function read(): Promise<void> {
  const replicaId = newId();
  let cursor: string | undefined;
  for (;;) {
    const query = new URLSearchParams({ replicaId, limit: '500', ...(cursor ? { cursor } : {}) });
    const started = performance.now();
    const body = await get(`${url}${routes.pull}?${query}`, accessToken);
    spent.push(performance.now() - started);
    bytes += body.length;
    const page = JSON.parse(body.toString('utf8')) as { cursor: string; hasMore: boolean };
    if (!page.hasMore) return;
    cursor = page.cursor;
  }
}
