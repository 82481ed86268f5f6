import { expect, it } from 'vitest';
import type { Handlers } from '#shared/ipc/contract.ts';
import { ok } from '#shared/ipc/errors.ts';
import type { CallName } from '#shared/ipc/names.ts';
import { createDispatch } from './dispatch.ts';

function dispatcher(handlers: Record<string, (input: unknown) => unknown>, checkOutput = true) {
  const logged: string[] = [];
  // Only the handlers that a test calls: the rest of the table is not its subject.
  const table = handlers as unknown as Handlers<CallName>;
  const dispatch = createDispatch(
    () => table,
    (level, message) => logged.push(`${level}: ${message}`),
    {
      checkOutput,
    },
  );
  return { dispatch, logged };
}

it('hands parsed input to the handler and its answer back', async () => {
  const seen: unknown[] = [];
  const { dispatch } = dispatcher({
    'app.copy': (input) => {
      seen.push(input);
      return ok(undefined);
    },
  });
  expect(await dispatch('app.copy', { text: 'FA-1' })).toEqual({ ok: true, value: undefined });
  expect(seen).toEqual([{ text: 'FA-1' }]);
});

it('refuses what does not fit before any handler runs', async () => {
  let ran = false;
  const { dispatch, logged } = dispatcher({ 'orders.get': () => ((ran = true), ok(undefined)) });
  for (const input of [undefined, null, 'x', {}, { id: 'not-a-uuid' }, { id: 1 }]) {
    expect(await dispatch('orders.get', input)).toMatchObject({
      ok: false,
      error: { kind: 'invalid_input' },
    });
  }
  expect(ran).toBe(false);
  expect(logged.every((line) => line.startsWith('warn'))).toBe(true);
});

it('does not repeat the input in the answer or the log', async () => {
  const { dispatch, logged } = dispatcher({});
  const answer = await dispatch('session.signIn', { email: 'x', password: 'my secret', extra: 'my secret' });
  expect(JSON.stringify([answer, logged])).not.toContain('my secret');
});

it('turns a bug into an answer and a log entry', async () => {
  const { dispatch, logged } = dispatcher({
    'sync.now': () => {
      throw new Error('boom');
    },
  });
  expect(await dispatch('sync.now', undefined)).toEqual({
    ok: false,
    error: { kind: 'internal', detail: 'sync.now' },
  });
  expect(logged).toEqual(['error: a call failed unexpectedly']);
});

it('catches answers that break the contract where it is told to look', async () => {
  const broken = { 'settings.get': () => ok({ theme: 'pink' }) };
  const strict = dispatcher(broken);
  expect(await strict.dispatch('settings.get', undefined)).toMatchObject({ error: { kind: 'internal' } });
  expect(strict.logged).toEqual(['error: a call had invalid output']);
  const loose = dispatcher(broken, false);
  expect(await loose.dispatch('settings.get', undefined)).toEqual({ ok: true, value: { theme: 'pink' } });
});
