import { expect } from 'vitest';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import { AccountSafety } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse } from '#shared/protocol/sessions.ts';
import { aProfile } from '#test/support/entities.ts';
import type { Entity, RunningService } from '#test/support/service.ts';
import { call, pullPath, signIn, type CallOptions } from './client.ts';

export const PASSWORD = 'Garage-2026!';

/** Somebody with an account and an open session. */
export class Owner {
  readonly running: RunningService;
  readonly id: Uuid;
  email: string;
  password = PASSWORD;
  session: SignInResponse;

  private constructor(running: RunningService, session: SignInResponse) {
    this.running = running;
    this.session = session;
    this.id = session.account.id;
    this.email = session.account.email;
  }

  static async of(running: RunningService, more: readonly Entity[] = []): Promise<Owner> {
    const id = newId();
    const email = `${id}@example.org`;
    const entities: Entity[] = [{ type: 'profile', id, value: aProfile({ email }) }, ...more];
    await running.createAccount({ email, password: PASSWORD, id, entities });
    return new Owner(running, await signIn(running.url, email, PASSWORD));
  }

  /** Signs in once more; answers that session. */
  again(): Promise<SignInResponse> {
    return signIn(this.running.url, this.email, this.password);
  }

  /** A request of the first session, or of that one. */
  ask(path: string, options: CallOptions = {}, session = this.session): Promise<Response> {
    return call(this.running.url, path, { token: session.accessToken, ...options });
  }

  async works(session = this.session): Promise<boolean> {
    return (await this.ask(pullPath({}), {}, session)).status === 200;
  }

  async safety(): Promise<AccountSafety> {
    const response = await this.ask(routes.account);
    expect(response.status).toBe(200);
    return AccountSafety.parse(await response.json());
  }
}
