import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse } from '#shared/protocol/sessions.ts';
import { residentMb } from '../lib/memory.ts';
import { GARAGE } from '../lib/demo-garage.ts';
import { answer, programInput } from '../lib/program.ts';

/** Opens 1,000 poke streams and holds them: what the server's memory grows by. */
const { url, pid } = programInput<{ url: string; pid: number }>();
const STREAMS = 1000;
const version = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
const signIn = await fetch(`${url}${routes.signIn}`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', ...version },
  body: JSON.stringify({
    ...GARAGE,
    device: { name: 'bench', platform: 'linux', appVersion: '0.0.0' },
  }),
});
if (!signIn.ok) throw new Error(`the sign-in was answered ${signIn.status}`);
const { accessToken } = (await signIn.json()) as SignInResponse;

const before = residentMb(pid);
const open: ClientRequest[] = [];
for (let i = 0; i < STREAMS; i += 1) open.push(await stream());
await sleep(2000);
const grownMb = Math.max(0, residentMb(pid) - before);
for (const each of open) each.destroy();
answer({ grownMb, residentMb: residentMb(pid) });

/** Resolves once the stream has begun. */
function stream(): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'text/event-stream', ...version };
    const asked = request(`${url}${routes.pokes}`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`a stream was answered ${response.statusCode}`));
      // Ended by this program itself: that is no failure.
      response.on('error', () => undefined).resume();
      resolve(asked);
    });
    asked.once('error', reject).end();
  });
}
