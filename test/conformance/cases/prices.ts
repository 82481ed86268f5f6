import assert from 'node:assert/strict';
import type { EntityValue } from '#shared/domain/entities.ts';
import { newId } from '#shared/domain/ids.ts';
import { PriceResponse } from '#shared/protocol/prices.ts';
import { routes } from '#shared/protocol/routes.ts';
import { group } from '../case.ts';
import { answered, ask, refused } from '../http.ts';
import { Replica } from '../replica.ts';
import type { World } from '../world.ts';

interface Part {
  reference: string;
  brand: string;
}

const post = ({ service, one }: World, parts: readonly Part[]) =>
  ask(service, routes.prices, { token: one.session.accessToken, json: { parts } });
const pricesOf = async (world: World, parts: readonly Part[]) =>
  (await answered(PriceResponse, await post(world, parts))).prices;

const unknownPart = (): Part => ({ reference: `NO-${newId()}`, brand: 'NOBODY' });

export const prices = group('Prices', {
  'are one answer for each part, in their order, null for what nobody knows': async (world) => {
    const { service, one } = world;
    const reader = new Replica({ service, token: one.session.accessToken });
    const order = (await reader.pull(1000))
      .flatMap((page) => page.changes)
      .find(({ type }) => type === 'order');
    const lines = order && 'value' in order ? (order.value as EntityValue<'order'>).lines : [];
    const bought = lines.map(({ reference, brand }) => ({ reference, brand }));
    const said = await pricesOf(world, [unknownPart(), ...bought, unknownPart()]);
    assert.equal(said.length, bought.length + 2);
    assert.deepEqual([said[0], said.at(-1)], [null, null]);
    const backwards = await pricesOf(world, [...bought].reverse().concat(unknownPart()));
    const money = (list: typeof said) => list.map((price) => price?.exclVat);
    assert.deepEqual(money(backwards.slice(0, -1).reverse()), money(said.slice(1, -1)));
  },

  'are told for five hundred parts at once, and for no more': async (world) => {
    const many = Array.from({ length: 501 }, unknownPart);
    assert.equal((await pricesOf(world, many.slice(0, 500))).length, 500);
    await refused(await post(world, many), 400, 'invalid_request');
    await refused(await post(world, []), 400, 'invalid_request');
    await refused(await post(world, [{ reference: '', brand: 'BOSCH' }]), 400, 'invalid_request');
  },
});
