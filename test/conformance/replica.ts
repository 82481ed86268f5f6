import assert from 'node:assert/strict';
import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import type { Notice } from '#shared/domain/notice.ts';
import { PullResponse, type Rejection } from '#shared/protocol/pull.ts';
import { PushResponse, type Mutation } from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import { answered, ask } from './http.ts';

/** A change without its envelope: name, arguments, and what its author saw. */
export type Call = readonly [name: string, args: unknown, base?: unknown];

export interface Reader {
  service: string;
  token: string;
}

export interface Query {
  replicaId?: string;
  cursor?: string | undefined;
  ackSeq?: number;
  limit?: number | string;
}

export function pullPath(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `${routes.pull}?${new URLSearchParams(given)}`;
}

/** One installation of the app, as far as the protocol sees it: it numbers its changes, and keeps what the feed told it. */
export class Replica {
  readonly id: Uuid;
  seq = 0;
  ackSeq = 0;
  cursor: string | undefined;
  /** Everything that the last pull was told. */
  rejections: Rejection[] = [];
  lastSeq: number | undefined;
  lastId: string | undefined;
  readonly #reader: Reader;
  readonly #known = new Map<string, { rev: number; value: unknown }>();

  constructor(reader: Reader, options: { cursor?: string | undefined; id?: Uuid } = {}) {
    this.#reader = reader;
    this.id = options.id ?? newId();
    this.cursor = options.cursor;
  }

  mutation(call: Call, over: Partial<Mutation> = {}): Mutation {
    const [name, args, base] = call;
    if (over.seq === undefined) this.seq += 1;
    return {
      id: newId(),
      seq: this.seq,
      name,
      args,
      ...(base === undefined ? {} : { base }),
      at: new Date().toISOString(),
      ...over,
    };
  }

  mutations(...calls: Call[]): Mutation[] {
    return calls.map((call) => this.mutation(call));
  }

  /** The bare answer to whatever is pushed. */
  post(body: unknown): Promise<Response> {
    return ask(this.#reader.service, routes.push, { token: this.#reader.token, json: body });
  }

  async send(mutations: readonly Mutation[], replicaId: Uuid = this.id): Promise<PushResponse> {
    return answered(PushResponse, await this.post({ replicaId, mutations }));
  }

  /** Makes these changes; all must be taken. */
  async push(...calls: Call[]): Promise<PushResponse> {
    const mutations = this.mutations(...calls);
    const response = await this.send(mutations);
    assert.deepEqual(
      response.outcomes.map(({ seq, id }) => ({ seq, id })),
      mutations.map(({ seq, id }) => ({ seq, id })),
    );
    assert.equal(response.lastSeq, this.seq);
    assert.equal(response.stopped, undefined);
    return response;
  }

  /** Makes these changes; all must be applied. */
  async apply(...calls: Call[]): Promise<void> {
    for (const outcome of (await this.push(...calls)).outcomes)
      assert.equal(outcome.outcome, 'applied', JSON.stringify(outcome));
  }

  async page(query: Query = {}): Promise<PullResponse> {
    const asked = { replicaId: this.id, cursor: this.cursor, ackSeq: this.ackSeq, ask: newId(), ...query };
    const response = await ask(this.#reader.service, pullPath(asked), { token: this.#reader.token });
    const page = await answered(PullResponse, response);
    assert.equal(page.ask, asked.ask, 'a page repeats what the question was asked with');
    return page;
  }

  /** Reads until there is no more, and keeps it. Answers the pages. */
  async pull(limit = 500): Promise<PullResponse[]> {
    const pages: PullResponse[] = [];
    this.rejections = [];
    for (;;) {
      const page = await this.page({ limit });
      assert.equal(page.after, this.cursor ?? null, 'a page names the cursor that it answers');
      pages.push(page);
      for (const change of page.changes) {
        const name = `${change.type}/${change.id}`;
        if (change.rev < (this.#known.get(name)?.rev ?? 0)) continue;
        this.#known.set(name, { rev: change.rev, value: change.op === 'put' ? change.value : undefined });
      }
      this.rejections.push(...page.rejections);
      this.cursor = page.cursor;
      assert.equal(
        page.lastSeq !== undefined,
        !page.hasMore,
        'lastSeq comes with the last page, and only there',
      );
      if (!page.hasMore) {
        this.lastSeq = page.lastSeq;
        this.lastId = page.lastId;
        return pages;
      }
      // What was told is kept, so the next page may go on behind it.
      this.ackSeq = Math.max(this.ackSeq, ...page.rejections.map(({ seq }) => seq));
    }
  }

  /** What the last pull left of an entity; undefined when it is gone or was never told. */
  known<T extends EntityType>(type: T, id: Uuid): EntityValue<T> | undefined {
    return this.#known.get(`${type}/${id}`)?.value as EntityValue<T> | undefined;
  }

  /** The basket as the service has it now. */
  async basket(id: Uuid): Promise<EntityValue<'basket'>> {
    await this.pull();
    const basket = this.known('basket', id);
    assert.ok(basket, 'the basket is not in the feed');
    return basket;
  }

  /** The notices about a basket that the feed has told, newest last. */
  notices(basketId: Uuid): (Notice & { id: Uuid })[] {
    return [...this.#known]
      .filter(([name, { value }]) => name.startsWith('notice/') && value !== undefined)
      .map(([name, { value, rev }]) => ({
        id: name.slice('notice/'.length),
        rev,
        ...(value as Notice),
      }))
      .filter((notice) => notice.basketId === basketId)
      .sort((a, b) => a.rev - b.rev);
  }
}
