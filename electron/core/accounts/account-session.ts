import type { EngineHost } from '../api.ts';
import type { Env } from '../env.ts';
import { mayCarrySession } from '../service/address.ts';
import { ServiceClient } from '../service/client.ts';
import { Session } from '../service/session.ts';
import type { AccountRecord } from './account-record.ts';

/** The session of an account whose secrets go nowhere but to the service that they are from. */
export function sessionOf(
  record: AccountRecord,
  client: ServiceClient,
  { env, host, onSession }: { env: Env; host: EngineHost; onSession: () => void },
): Session {
  const vault = {
    load: () =>
      mayCarrySession(record.sessionUrl, record.serviceUrl)
        ? host.loadSecret(record.id)
        : Promise.resolve(undefined),
    save: (token: string) => host.saveSecret(record.id, token, { lasting: record.stay !== false }),
  };
  const session = new Session(client, env, vault, host.log, onSession);
  session.durable = record.remembered;
  return session;
}

/** So long the services have to end the sessions of a computer that is erased. */
const END_SESSIONS_MS = 8000;

/** Ends the sessions of all accounts, the open one among them, as far as their services can be reached. */
export async function endSessions(
  records: readonly AccountRecord[],
  open: { record: AccountRecord; session: Session } | undefined,
  { env, host }: { env: Env; host: EngineHost },
): Promise<void> {
  const late = new AbortController();
  const cancel = env.clock.after(END_SESSIONS_MS, () => late.abort());
  const sessions = records.map((record) => {
    if (record.id === open?.record.id) return open.session;
    const client = new ServiceClient(record.serviceUrl, env, late.signal);
    return sessionOf(record, client, { env, host, onSession: () => undefined });
  });
  await Promise.all(sessions.map((session) => session.revoke(late.signal)));
  cancel();
}
