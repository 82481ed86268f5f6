import { newId, type Uuid } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { SignInResponse } from '#shared/protocol/sessions.ts';
import { answered, ask, refused } from './http.ts';
import type { Mailbox } from './mailbox.ts';
import { waiting, type Patience } from './patience.ts';
import { Replica, type Call } from './replica.ts';
import { Skipped } from './skipped.ts';

export interface Login {
  email: string;
  password: string;
}

export const device = { name: 'conformance', platform: 'linux', appVersion: '0.0.0' };

export async function signIn(service: string, { email, password }: Login): Promise<SignInResponse> {
  const response = await ask(service, routes.signIn, { json: { email, password, device } });
  return answered(SignInResponse, response, 201);
}

/** An account as the suite uses it: two sessions, and a cursor from which only what the suite does is new. */
export interface Person {
  login: Login;
  session: SignInResponse;
  elsewhere: SignInResponse;
  start: string | undefined;
}

/** What there is beside the service. Without a mailbox, cases that need one are skipped. */
export interface Surroundings {
  mailbox?: Mailbox | undefined;
  patience?: Patience;
}

/** What a case works with. What it makes, it makes through here, so that it can be taken away after it. */
export class World {
  readonly service: string;
  readonly one: Person;
  readonly other: Person;
  readonly #undo: (() => Promise<void>)[] = [];
  readonly #mailbox: Mailbox | undefined;
  readonly #patience: Patience;

  constructor(service: string, one: Person, other: Person, around: Surroundings = {}) {
    this.service = service;
    this.#mailbox = around.mailbox;
    this.#patience = around.patience ?? waiting(0);
    this.one = one;
    this.other = other;
  }

  /** A new device of the account, that has read all that there was before the suite. */
  replica(person: Person = this.one, id?: Uuid): Replica {
    const reader = { service: this.service, token: person.session.accessToken };
    return new Replica(reader, { cursor: person.start, ...(id === undefined ? {} : { id }) });
  }

  /** A new basket, that goes when the case is over. */
  async basket(replica: Replica, args: { name?: string } = {}, person: Person = this.one): Promise<Uuid> {
    const id = newId();
    this.forget(id, person);
    await replica.apply(['basket.create', { id, name: 'Conformance', ...args }]);
    return id;
  }

  /** Deletes that basket, and the notices about it, when the case is over. */
  forget(id: Uuid, person: Person = this.one): void {
    this.#undo.push(async () => {
      const replica = this.replica(person);
      await replica.pull();
      const notices = replica.notices(id).map(({ id: notice }): Call => ['notice.dismiss', { id: notice }]);
      if (replica.known('basket', id)) await replica.push(['basket.delete', { id }], ...notices);
    });
  }

  /** Does that when the case is over. */
  afterwards(undo: () => Promise<void>): void {
    this.#undo.push(undo);
  }

  /** Throws Skipped when there is none. */
  get mailbox(): Mailbox {
    if (!this.#mailbox) throw new Skipped('needs --mailbox');
    return this.#mailbox;
  }

  /** Throws Skipped when so long is more than anybody wants to wait here: before a case that begins in vain. */
  needsPatienceFor(seconds: number): void {
    if (seconds > this.#patience.longestSeconds) throw new Skipped(`takes ${seconds} s, see --patience`);
  }

  /** Lets so long go by. Throws Skipped. */
  async pass(seconds: number): Promise<void> {
    this.needsPatienceFor(seconds);
    await this.#patience.pass(seconds);
  }

  /** Asks, and once more after the wait that a throttled answer tells. Throws Skipped. */
  async patiently(path: string, json: unknown): Promise<Response> {
    const response = await ask(this.service, path, { json });
    if (response.status !== 429) return response;
    const { retryAfterSeconds } = await refused(response, 429, 'throttled');
    await this.pass(retryAfterSeconds ?? 1);
    return ask(this.service, path, { json });
  }

  async cleanUp(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse()) await undo();
  }
}

export async function personOf(service: string, login: Login): Promise<Person> {
  const [session, elsewhere] = [await signIn(service, login), await signIn(service, login)];
  const first = new Replica({ service, token: session.accessToken });
  await first.pull(1000);
  return { login, session, elsewhere, start: first.cursor };
}

export async function signOut(service: string, person: Person): Promise<void> {
  for (const { accessToken } of [person.session, person.elsewhere])
    await ask(service, routes.currentSession, { method: 'DELETE', token: accessToken });
}
