import type { z } from 'zod';
import { routes } from '#shared/protocol/routes.ts';
import type { Tokens } from '#shared/protocol/sessions.ts';
import type { Env } from '../env.ts';
import type { Log } from '../log.ts';
import type { Call, ServiceClient } from './client.ts';
import type { HttpAnswer } from './http.ts';
import type { Reply } from './reply.ts';
import { failure } from './reply.ts';

/** Where the refresh token is kept between two starts. */
export interface TokenVault {
  load: () => Promise<string | undefined>;
  save: (refreshToken: string) => Promise<{ durable: boolean }>;
}

interface Access {
  token: string;
  /** By the monotonic clock: setting the computer's clock neither shortens nor prolongs it. */
  until: number;
}

const MARGIN_MS = 15_000;

/**
 * The session of one account: holds the access token in memory, refreshes it when needed, one refresh at a time whoever asks.
 * It expires when the service says that the refresh token is no longer good, and only then.
 */
export class Session {
  expired = false;
  /** Whether the session survives the app's end; known once a token was saved. */
  durable = true;
  readonly #client: ServiceClient;
  readonly #env: Env;
  readonly #vault: TokenVault;
  readonly #log: Log;
  readonly #onChange: () => void;
  #access: Access | undefined;
  #refreshToken: string | undefined;
  #refreshing: Promise<Reply<Access>> | undefined;

  constructor(client: ServiceClient, env: Env, vault: TokenVault, log: Log, onChange: () => void) {
    this.#client = client;
    this.#env = env;
    this.#vault = vault;
    this.#log = log;
    this.#onChange = onChange;
  }

  /** Takes the tokens of a sign-in or a refresh. The new refresh token is kept before anything is done with it. */
  async take(tokens: Tokens): Promise<Access> {
    const { durable } = await this.#vault.save(tokens.refreshToken).catch((error: unknown) => {
      this.#log('warn', 'the session could not be kept', {
        error: error instanceof Error ? error.name : 'unknown',
      });
      return { durable: false };
    });
    this.#refreshToken = tokens.refreshToken;
    const lifetime = tokens.accessExpiresInSeconds * 1000;
    this.#access = {
      token: tokens.accessToken,
      until: this.#env.clock.monotonic() + Math.max(lifetime - MARGIN_MS, lifetime / 2),
    };
    if (this.expired || this.durable !== durable) {
      this.expired = false;
      this.durable = durable;
      this.#onChange();
    }
    return this.#access;
  }

  /** Sends a call with a good token; when the service refuses the token all the same, refreshes once and tries again. */
  async open(call: Call): Promise<Reply<HttpAnswer>> {
    return this.authorized((accessToken) => this.#client.open({ ...call, accessToken }));
  }

  /** As `open`, for a small answer in the shape of the contract. */
  async json<S extends z.ZodType>(call: Call, schema: S, maxBytes?: number): Promise<Reply<z.infer<S>>> {
    return this.authorized((accessToken) => this.#client.json({ ...call, accessToken }, schema, maxBytes));
  }

  /** A failure's `neverLeft` is about the call itself, not about the refreshing that comes before or between. */
  async authorized<T>(attempt: (accessToken: string) => Promise<Reply<T>>): Promise<Reply<T>> {
    const access = await this.#good();
    if (!access.ok) return { ...access, neverLeft: true };
    const first = await attempt(access.value.token);
    if (first.ok || first.status !== 401) return first;
    const fresh = await this.#refreshed(access.value);
    if (!fresh.ok) return { ...fresh, neverLeft: false };
    const second = await attempt(fresh.value.token);
    if (second.ok) return second;
    if (second.status === 401) this.#expire();
    return { ...second, neverLeft: false };
  }

  /** Ends the session at the service, as far as it can be reached. */
  async revoke(signal?: AbortSignal): Promise<void> {
    const path = routes.currentSession;
    const call: Call = { method: 'DELETE', path, headMs: 5000, ...(signal && { signal }) };
    const reply = await this.authorized((accessToken) => this.#client.open({ ...call, accessToken }));
    if (reply.ok) reply.value.discard();
    else this.#log('info', 'the session was not ended at the service', { kind: reply.error.kind });
  }

  async #good(): Promise<Reply<Access>> {
    if (this.expired) return failure('session_expired');
    const access = this.#access;
    if (access && access.until > this.#env.clock.monotonic()) return { ok: true, value: access };
    return this.#refreshed(access);
  }

  /** A newer token than `stale`: the one that someone else has just fetched, or a fresh one. */
  async #refreshed(stale: Access | undefined): Promise<Reply<Access>> {
    if (this.#access && this.#access !== stale) return { ok: true, value: this.#access };
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<Reply<Access>> {
    const refreshToken = (this.#refreshToken ??= await this.#vault.load());
    if (refreshToken === undefined) {
      this.#expire();
      return failure('session_expired', { detail: 'no session was kept' });
    }
    let reply = await this.#request(refreshToken);
    // The answer may be what got lost: for a few seconds the service gives the same successor again.
    if (!reply.ok && reply.status === undefined && reply.error.kind === 'offline')
      reply = await this.#request(refreshToken);
    if (reply.ok) return { ok: true, value: await this.take(reply.value) };
    if (reply.status === 401) {
      this.#expire();
      return failure('session_expired', { status: 401 });
    }
    return reply;
  }

  async #request(refreshToken: string): Promise<Reply<Tokens>> {
    const body = JSON.stringify({ refreshToken });
    const schemas = await import('#shared/protocol/sessions.ts');
    return this.#client.json({ method: 'POST', path: routes.refresh, body }, schemas.Tokens);
  }

  #expire(): void {
    this.#access = undefined;
    if (this.expired) return;
    this.expired = true;
    this.#onChange();
  }
}
