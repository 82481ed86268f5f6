import { expect } from 'vitest';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import { PushResponse, type Mutation } from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import { call } from './client.ts';

export type Change = readonly [name: string, args: unknown, base?: unknown];

/** A device that numbers its changes as the protocol asks. */
export class Device {
  url: string;
  token: string;
  readonly replicaId: Uuid = newId();
  #seq = 0;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  make(...changes: Change[]): Mutation[] {
    return changes.map(([name, args, base]) => ({
      id: newId(),
      seq: (this.#seq += 1),
      name,
      args,
      ...(base === undefined ? {} : { base }),
      at: '2026-06-01T08:00:00.000Z',
    }));
  }

  post(mutations: readonly Mutation[]): Promise<Response> {
    return call(this.url, routes.push, {
      token: this.token,
      json: { replicaId: this.replicaId, mutations },
    });
  }

  async send(mutations: readonly Mutation[]): Promise<PushResponse> {
    const response = await this.post(mutations);
    expect(response.status).toBe(200);
    return PushResponse.parse(await response.json());
  }

  /** Answers what became of each: `applied`, or why not. */
  async push(...changes: Change[]): Promise<string[]> {
    const { outcomes, stopped } = await this.send(this.make(...changes));
    expect(stopped).toBeUndefined();
    return outcomes.map((outcome) => (outcome.outcome === 'applied' ? 'applied' : outcome.kind));
  }
}

const PART = { reference: 'W 712/95', brand: 'MANN-FILTER', name: 'Filtre à huile' };

/** A change that shows how often it was applied. */
export const addOne = (basketId: Uuid): Change => [
  'basket.addLines',
  { basketId, lines: [{ part: PART, quantity: 1 }] },
];
export const createBasket = (id: Uuid, name = 'Révision'): Change => ['basket.create', { id, name }];
