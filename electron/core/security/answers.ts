import type { z } from 'zod';
import { toInstant } from '#shared/domain/calendar.ts';
import type { SecurityView } from '#shared/ipc/security.ts';
import { AccountSafety, ConsentHistory, SessionList } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { Store } from '../db/store.ts';
import type { Env } from '../env.ts';
import type { Failure, Reply } from '../service/reply.ts';
import type { Session } from '../service/session.ts';
import { KINDS, readAnswer, writeAnswer, type Kind, type Told } from './told.ts';

/** Ten thousand choices fit. */
const MAX_BYTES = 4 * 1024 * 1024;
/** An answer that is the same as before is noted on the disk only now and then. */
const NOTED_EVERY_MS = 15 * 60_000;

export interface AnswersPorts {
  store: Store;
  session: Session;
  env: Env;
  /** Something is new, if only how old it is. */
  onChange: () => void;
  onSafety: (safety: AccountSafety) => void;
}

/** What only the service knows of an account's safety: asked for, and kept for when it cannot be asked. */
export class Answers {
  readonly #ports: AnswersPorts;
  readonly #told: SecurityView = {};
  /** What somebody has looked at since the start, and what everybody has to know: it is followed. */
  readonly #followed = new Set<Kind>(['safety']);
  #asking: Promise<unknown> = Promise.resolve();

  constructor(ports: AnswersPorts) {
    this.#ports = ports;
    for (const kind of KINDS) this.#set(kind, readAnswer(ports.store.reader, kind));
  }

  view(): SecurityView {
    return { ...this.#told };
  }

  /** Asks for everything. One question after the other: an answer that comes late never replaces a later one. */
  refresh(): Promise<Reply<undefined>> {
    for (const kind of KINDS) this.#followed.add(kind);
    return this.follow();
  }

  /** Asks again for what is followed. */
  follow(): Promise<Reply<undefined>> {
    const turn = this.#asking.then(() => this.#askAll([...this.#followed]));
    this.#asking = turn.catch(() => undefined);
    return turn;
  }

  /** Takes an answer that came with something else. */
  async take<K extends Kind>(kind: K, value: Told<K>['value']): Promise<void> {
    const { store, env, onChange, onSafety } = this.#ports;
    const before = this.#told[kind];
    const told = { value, at: toInstant(env.clock.now()) } as Told<K>;
    this.#set(kind, told);
    if (kind === 'safety') onSafety(value as AccountSafety);
    const same = JSON.stringify(before?.value) === JSON.stringify(value);
    const age = before ? Math.abs(Date.parse(told.at) - Date.parse(before.at)) : Infinity;
    if (!same || age >= NOTED_EVERY_MS) await store.write((db) => writeAnswer(db, kind, told));
    onChange();
  }

  async #askAll(kinds: readonly Kind[]): Promise<Reply<undefined>> {
    const failures = await Promise.all(
      kinds.map(async (kind): Promise<Failure | undefined> => {
        switch (kind) {
          case 'safety':
            return this.#ask(kind, routes.account, AccountSafety, (safety) => safety);
          case 'sessions':
            return this.#ask(kind, routes.sessions, SessionList, ({ sessions }) => sessions);
          case 'consents':
            return this.#ask(kind, routes.accountConsents, ConsentHistory, ({ choices }) => choices);
        }
      }),
    );
    return failures.find((failure) => failure !== undefined) ?? { ok: true, value: undefined };
  }

  async #ask<K extends Kind, S extends z.ZodType>(
    kind: K,
    path: string,
    schema: S,
    valueOf: (answer: z.infer<S>) => Told<K>['value'],
  ): Promise<Failure | undefined> {
    const reply = await this.#ports.session.json({ method: 'GET', path }, schema, MAX_BYTES);
    if (!reply.ok) return reply;
    await this.take(kind, valueOf(reply.value));
    return undefined;
  }

  #set<K extends Kind>(kind: K, told: SecurityView[K]): void {
    if (told === undefined) delete this.#told[kind];
    else this.#told[kind] = told;
  }
}
