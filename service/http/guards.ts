import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import type { Session, Sessions } from '../accounts/sessions.ts';
import { HttpFailure } from './http-failure.ts';

/**
 * The oldest version of the contract that this service still speaks. Version 1 only reads, and passes over what version 2 has added
 * to pages and to entities.
 */
export const OLDEST_PROTOCOL = 1;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by requireSession; routes without it must not read it. */
    session: Session | null;
  }
}

/** Every path under /v1 needs the protocol header: a client that does not say what it speaks cannot be understood. */
export function installProtocolGuard(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.url.startsWith('/v1/') ? refuseProtocol(request.headers[PROTOCOL_HEADER]) : undefined);
  });
}

function refuseProtocol(header: string | string[] | undefined): HttpFailure | undefined {
  if (typeof header !== 'string' || !/^\d{1,6}$/.test(header))
    return new HttpFailure({ kind: 'invalid_request', message: `The header ${PROTOCOL_HEADER} is missing.` });
  const version = Number(header);
  if (version >= OLDEST_PROTOCOL && version <= PROTOCOL_VERSION) return undefined;
  return new HttpFailure(
    {
      kind: 'upgrade_required',
      message: `This service speaks the versions ${OLDEST_PROTOCOL} to ${PROTOCOL_VERSION} of the protocol.`,
    },
    // RFC 9110, 15.5.22: it says what to upgrade to.
    { upgrade: `${PROTOCOL_HEADER}/${PROTOCOL_VERSION}`, connection: 'upgrade' },
  );
}

const BEARER = /^Bearer ([\w-]{20,500})$/i;

export function sessionGuard(sessions: Sessions) {
  return async function requireSession(request: FastifyRequest): Promise<void> {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const session = token === undefined ? undefined : await sessions.find(token);
    if (!session)
      throw new HttpFailure({
        kind: 'session_expired',
        message: 'The access token is missing, unknown or expired.',
      });
    request.session = session;
  };
}

export function sessionOf(request: FastifyRequest): Session {
  if (!request.session) throw new Error('This route forgot to ask for a session.');
  return request.session;
}
