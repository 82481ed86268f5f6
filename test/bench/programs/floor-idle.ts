import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse } from '#shared/protocol/sessions.ts';
import { GARAGE } from '../lib/demo-garage.ts';
import { idleMsPerSecond } from '../lib/processor-time.ts';
import { answer, programInput } from '../lib/program.ts';

/** A bare Node process that holds a stream of hints open and does nothing with it. */
const { url, seconds } = programInput<{ url: string; seconds: number }>();
/** As long as the engine has after its sync. */
const SETTLE_MS = 6000;
const version = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
const signIn = await fetch(`${url}${routes.signIn}`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', connection: 'close', ...version },
  body: JSON.stringify({ ...GARAGE, device: { name: 'bench', platform: 'linux', appVersion: '0.0.0' } }),
});
if (!signIn.ok) throw new Error(`the sign-in was answered ${signIn.status}`);
const { accessToken } = (await signIn.json()) as SignInResponse;
const headers = { authorization: `Bearer ${accessToken}`, accept: 'text/event-stream', ...version };
const stream = request(`${url}${routes.pokes}`, { headers, agent: false });
await new Promise<void>((resolve, reject) => {
  stream.once('response', (response) => {
    if (response.statusCode !== 200) reject(new Error(`the stream was answered ${response.statusCode}`));
    // Ended by this program itself: that is no failure.
    response.on('error', () => undefined).resume();
    resolve();
  });
  stream.once('error', reject).end();
});
await sleep(SETTLE_MS);
const msPerSecond = await idleMsPerSecond(process.pid, seconds);
stream.destroy();
answer({ msPerSecond });
