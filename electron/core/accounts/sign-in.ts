import type { z } from 'zod';
import type { Result } from '#shared/ipc/errors.ts';
import type { SignIn } from '#shared/ipc/session.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse } from '#shared/protocol/sessions.ts';
import type { EngineOptions, EngineSettings } from '../api.ts';
import type { Env } from '../env.ts';
import { fail, ok } from '../result.ts';
import { normalAddress } from '../service/address.ts';
import { ServiceClient } from '../service/client.ts';
import type { AccountKeys } from '../keys/account-keys.ts';
import type { Accounts } from './account-list.ts';
import type { AccountRecord } from './account-record.ts';

interface Ports {
  env: Env;
  device: EngineOptions['device'];
  settings: () => EngineSettings;
  signal: AbortSignal;
}

export interface Answered {
  /** Where it was asked. */
  url: string;
  answer: z.infer<typeof SignInResponse>;
}

/** Asks the service for a session. */
export async function askToSignIn(input: SignIn, ports: Ports): Promise<Result<Answered>> {
  const url = normalAddress(input.serviceUrl ?? ports.settings().serviceUrl);
  if (url === undefined) return fail('not_our_service', { detail: 'an https:// address is needed' });
  const { email, password } = input;
  const body = JSON.stringify({ email, password, device: ports.device });
  const { SignInResponse } = await import('#shared/protocol/sessions.ts');
  const client = new ServiceClient(url, ports.env, ports.signal);
  const reply = await client.json({ method: 'POST', path: routes.signIn, body }, SignInResponse);
  return reply.ok ? ok({ url, answer: reply.value }) : { ok: false, error: reply.error };
}

/** What is noted of whoever has signed in. */
export function recordOf(
  { url, answer }: Answered,
  { stay }: SignIn,
  known: AccountRecord | undefined,
  settingsUrl: string,
): AccountRecord {
  return {
    ...answer.account,
    serviceUrl: url,
    sessionUrl: url,
    settingsUrl,
    // Former versions of the app kept it here; the account's journal takes it from there.
    ...(known?.replicaId !== undefined && { replicaId: known.replicaId }),
    remembered: true,
    // Whether the session may outlast the app: what was chosen now, else when this account was signed in last.
    ...((stay ?? known?.stay) === false && { stay: false }),
  };
}

/**
 * Without the service, the password opens what it opened before: where there is no keyring, that is how what was read once is read without a
 * network. Answers the account, whose key is there and whose record is revealed from then on; undefined when it opens none with this address.
 */
export async function openedByPassword(
  { email, password }: SignIn,
  accounts: Accounts,
  keys: AccountKeys,
): Promise<string | undefined> {
  for (const id of accounts.ids()) {
    if (accounts.byId(id) || !(await keys.byPassword(id, password))) continue;
    accounts.reveal();
    if (accounts.byId(id)?.email.toLowerCase() === email.trim().toLowerCase()) return id;
    accounts.conceal(id);
    keys.forget(id);
  }
  return undefined;
}
