import { setTimeout as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { ok } from '#shared/ipc/errors.ts';
import { handlersByAccount } from './all.ts';
import type { RemoteEngine } from './engine.ts';

/** Of everything the handlers take, only the engine is the subject: it says which account it was made for. */
function table() {
  const made: Array<WeakRef<RemoteEngine>> = [];
  const handlersOf = handlersByAccount({} as Parameters<typeof handlersByAccount>[0], (accountId) => {
    const engine = { 'accounts.list': () => Promise.resolve(ok(accountId)) } as unknown as RemoteEngine;
    made.push(new WeakRef(engine));
    return engine;
  });
  const asks = async (accountId?: string) => handlersOf(accountId)['accounts.list'](undefined);
  return { made, handlersOf, asks };
}

it('has each account answer for itself, in whichever order they are meant', async () => {
  const { asks } = table();
  const [one, other] = [newId(), newId()];
  for (const accountId of [one, undefined, other, one, undefined, other])
    expect(await asks(accountId)).toEqual(ok(accountId));
});

it('makes nothing anew while one account is meant', () => {
  const { made, handlersOf } = table();
  const one = newId();
  for (let i = 0; i < 10; i += 1) [one, undefined].forEach(handlersOf);
  expect(made).toHaveLength(2);
});

it('keeps nothing of the accounts that a page makes up', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { made, handlersOf } = table();
  for (let i = 0; i < 200; i += 1) handlersOf(newId());
  await turn(0);
  collect();
  expect(made.filter((engine) => engine.deref() !== undefined).length).toBeLessThanOrEqual(1);
  // What is left can still be asked, so the collection did not just end with the table.
  expect(handlersOf(undefined)).toBeDefined();
});
