import type { z } from 'zod';
import { toInstant } from '#shared/domain/calendar.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type {
  CodeProof,
  MailAsked,
  MailTo,
  PasswordReset,
  PendingSignUp,
  SignUp,
} from '#shared/ipc/sign-up.ts';
import type {
  MailProof,
  MailOnItsWay,
  MailRequest,
  ResetRequest,
  SignUpRequest,
} from '#shared/protocol/sign-up.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { EngineSettings } from '../api.ts';
import type { Env } from '../env.ts';
import { fail, ok } from '../result.ts';
import { normalAddress } from '../service/address.ts';
import { ServiceClient } from '../service/client.ts';
import type { PendingSignUps } from './pending-sign-ups.ts';

interface Ports {
  env: Env;
  settings: () => EngineSettings;
  pending: PendingSignUps;
  /** Ends every request when the engine closes. */
  signal: AbortSignal;
}

/** What can be asked of the account service by somebody who is not signed in. All of it needs the service; nothing waits to be sent later. */
export class BeforeSignIn {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async signUp({ serviceUrl, password, ...typed }: SignUp): Promise<Result<PendingSignUp>> {
    const service = this.#serviceAt(serviceUrl);
    if (!service.ok) return service;
    const { language } = this.#ports.settings();
    const request: z.input<typeof SignUpRequest> = { ...typed, password, language };
    const asked = await this.#askForMail(service.value, routes.signUp, request);
    if (!asked.ok) return asked;
    const pending = { typed, serviceUrl: service.value.baseUrl, againAt: this.#in(asked.value) };
    await this.#ports.pending.save(pending);
    return ok(pending);
  }

  async pending(): Promise<Result<PendingSignUp | undefined>> {
    return ok(await this.#ports.pending.load());
  }

  async forget(): Promise<Result<undefined>> {
    await this.#ports.pending.clear();
    return ok(undefined);
  }

  async activate({ serviceUrl, ...proof }: CodeProof): Promise<Result<undefined>> {
    const request: z.input<typeof MailProof> = proof;
    const done = await this.#post(serviceUrl, routes.activation, request);
    if (done.ok) await this.settled(proof.email);
    return done;
  }

  async resendActivation({ serviceUrl, email }: MailTo): Promise<Result<MailAsked>> {
    const asked = await this.#requestMail(serviceUrl, routes.activationMail, email);
    if (!asked.ok) return asked;
    const pending = await this.#ports.pending.load();
    if (pending && sameAddress(pending.typed.email, email)) {
      await this.#ports.pending.save({ ...pending, againAt: this.#in(asked.value) });
    }
    return asked;
  }

  requestReset({ serviceUrl, email }: MailTo): Promise<Result<MailAsked>> {
    return this.#requestMail(serviceUrl, routes.resetMail, email);
  }

  resetPassword({ serviceUrl, password, ...proof }: PasswordReset): Promise<Result<undefined>> {
    const request: z.input<typeof ResetRequest> = { proof, password };
    return this.#post(serviceUrl, routes.resetPassword, request);
  }

  /** The account with this address is active: what was kept for it is no longer needed. */
  async settled(email: string): Promise<void> {
    const pending = await this.#ports.pending.load();
    if (pending && sameAddress(pending.typed.email, email)) await this.#ports.pending.clear();
  }

  async #requestMail(
    serviceUrl: string | undefined,
    path: string,
    email: string,
  ): Promise<Result<MailAsked>> {
    const service = this.#serviceAt(serviceUrl);
    if (!service.ok) return service;
    const { language } = this.#ports.settings();
    const request: z.input<typeof MailRequest> = { email, language };
    return this.#askForMail(service.value, path, request);
  }

  async #askForMail(client: ServiceClient, path: string, request: object): Promise<Result<MailOnItsWay>> {
    const { MailOnItsWay } = await import('#shared/protocol/sign-up.ts');
    const reply = await client.json({ method: 'POST', path, body: JSON.stringify(request) }, MailOnItsWay);
    return reply.ok ? ok(reply.value) : { ok: false, error: reply.error };
  }

  /** For what is answered without a body. */
  async #post(serviceUrl: string | undefined, path: string, request: object): Promise<Result<undefined>> {
    const service = this.#serviceAt(serviceUrl);
    if (!service.ok) return service;
    const reply = await service.value.open({ method: 'POST', path, body: JSON.stringify(request) });
    if (!reply.ok) return { ok: false, error: reply.error };
    reply.value.discard();
    return ok(undefined);
  }

  #serviceAt(typed: string | undefined): Result<ServiceClient> {
    const url = normalAddress(typed ?? this.#ports.settings().serviceUrl);
    if (url === undefined) return fail('not_our_service', { detail: 'an https:// address is needed' });
    return ok(new ServiceClient(url, this.#ports.env, this.#ports.signal));
  }

  #in({ againInSeconds }: MailAsked): PendingSignUp['againAt'] {
    return toInstant(this.#ports.env.clock.now() + againInSeconds * 1000);
  }
}

/** As the service compares them. */
const sameAddress = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();
