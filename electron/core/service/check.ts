import type { Result } from '#shared/ipc/errors.ts';
import { fail, ok } from '../result.ts';
import { Health } from '#shared/protocol/health.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import type { Env } from '../env.ts';
import { normalAddress } from './address.ts';
import { parseJson, readBody } from './body.ts';
import { ServiceClient } from './client.ts';

const MAX_HEALTH_BYTES = 64 * 1024;

/** Whether an account service that we can speak to answers at an address that someone typed. */
export async function checkService(
  env: Env,
  signal: AbortSignal,
  typed: string,
): Promise<Result<{ url: string; version: string }>> {
  const url = normalAddress(typed);
  if (url === undefined) return fail('not_our_service', { detail: 'an https:// address is needed' });
  const reply = await new ServiceClient(url, env, signal).send({ method: 'GET', path: routes.health });
  if (!reply.ok) return { ok: false, error: reply.error };
  const answer = reply.value;
  const body = await readBody(answer, MAX_HEALTH_BYTES);
  if (!body.ok && body.error.kind !== 'bad_answer') return { ok: false, error: body.error };
  // A service that is starting says so with a 503, but says who it is.
  const json = body.ok ? parseJson(body.value) : body;
  const health = json.ok ? Health.safeParse(json.value) : undefined;
  if (!health?.success) return fail('not_our_service', { detail: `status ${answer.status}` });
  const { protocol, version, status } = health.data;
  if (protocol.max < PROTOCOL_VERSION) return fail('service_too_old', { detail: `service ${version}` });
  if (protocol.min > PROTOCOL_VERSION) return fail('upgrade_required', { detail: `service ${version}` });
  if (status === 'starting') return fail('service_unavailable', { detail: 'starting' });
  return ok({ url, version });
}
