import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { MOST_BASKET_LINES } from '#shared/domain/basket.ts';
import type { MutationCall } from '#shared/mutations/all.ts';
import type { MadeChange } from '#shared/ipc/changes.ts';
import { Folders, must, openTestEngine, PASSWORD } from '#test/support/engine.ts';
import type { TestEngine } from '#test/support/engine.ts';
import { startService, type RunningService } from '#test/support/service.ts';

/** A basket with as many lines as there may be is shown, changed, copied, merged and sent like any other. */
const EMAIL = 'grand@example.org';
const STEP = 200;

let service: RunningService;
let engine: TestEngine;
let other: TestEngine;
const folders = new Folders();
const large = newId();

const part = (index: number) => ({
  reference: `0 986 ${index}`,
  brand: 'Bosch',
  name: 'Jeu de plaquettes de frein, frein à disque',
});
const add = (basketId: string, from: number, count: number): MutationCall => ({
  name: 'basket.addLines',
  args: {
    basketId,
    lines: Array.from({ length: count }, (_, at) => ({ part: part(from + at), quantity: 1 })),
  },
});
const change = (call: MutationCall): Promise<MadeChange> => must(engine.handlers['changes.make'](call));
async function make(call: MutationCall): Promise<string> {
  const made = await change(call);
  if (!made.made) throw new Error(`refused: ${JSON.stringify(made.refusal)}`);
  return made.id;
}
const basket = (at: TestEngine, id: string) => must(at.handlers['baskets.get']({ id }));
const create = (id: string): MutationCall => ({
  name: 'basket.create',
  args: { id, name: 'Tout le garage' },
});

async function sent(): Promise<void> {
  const changes = { waiting: 0, refused: 0 };
  expect(await engine.sync()).toMatchObject({ phase: 'idle', changes });
  expect(await other.sync()).toMatchObject({ phase: 'idle' });
}

beforeAll(async () => {
  service = await startService();
  await service.createAccount({ email: EMAIL, password: PASSWORD });
  engine = openTestEngine({ url: service.url, folder: folders.make() });
  other = openTestEngine({ url: service.url, folder: folders.make() });
  for (const one of [engine, other]) {
    await one.signIn(EMAIL);
    await one.sync();
  }
  await make(create(large));
  for (let from = 0; from < MOST_BASKET_LINES; from += STEP) await make(add(large, from, STEP));
  await sent();
});
afterAll(async () => {
  await engine.close();
  await other.close();
  await service.close();
  folders.clear();
});

it('is shown whole, here and elsewhere', async () => {
  for (const at of [engine, other]) {
    const { row, lines } = await basket(at, large);
    expect(row).toMatchObject({ lineCount: MOST_BASKET_LINES, quantity: MOST_BASKET_LINES, pending: false });
    expect(lines).toHaveLength(MOST_BASKET_LINES);
    expect(lines.at(-1)?.line.reference).toBe(part(MOST_BASKET_LINES - 1).reference);
  }
});

it('takes no line more, and more of what it has', async () => {
  expect(await change(add(large, MOST_BASKET_LINES, 1))).toEqual({
    made: false,
    refusal: { kind: 'too_many' },
  });
  const id = await make(add(large, 0, 1));
  expect((await basket(engine, large)).row.quantity).toBe(MOST_BASKET_LINES + 1);
  await sent();
  expect(await must(engine.handlers['changes.undo']({ id }))).toEqual({ undone: true });
  await sent();
  expect((await basket(other, large)).row.quantity).toBe(MOST_BASKET_LINES);
});

it('is copied in one change, which stays small', async () => {
  const copy = newId();
  await make({ name: 'basket.duplicate', args: { id: copy, from: large, name: 'Copie' } });
  await sent();
  expect((await basket(other, copy)).row).toMatchObject({ name: 'Copie', lineCount: MOST_BASKET_LINES });
});

it('is merged into one that has the same parts, not into one that has others, and stands again when that is taken back', async () => {
  const [same, different] = [newId(), newId()];
  await make(create(same));
  await make(add(same, 0, STEP));
  await make(create(different));
  await make(add(different, MOST_BASKET_LINES, 1));
  expect(await change({ name: 'basket.merge', args: { from: large, into: different } })).toEqual({
    made: false,
    refusal: { kind: 'too_many' },
  });
  const id = await make({ name: 'basket.merge', args: { from: large, into: same } });
  await sent();
  expect((await basket(other, same)).row).toMatchObject({
    lineCount: MOST_BASKET_LINES,
    quantity: MOST_BASKET_LINES + STEP,
  });
  expect(await must(engine.handlers['changes.undo']({ id }))).toEqual({ undone: true });
  await sent();
  expect((await basket(other, same)).row).toMatchObject({ lineCount: STEP, quantity: STEP });
  expect((await basket(other, large)).row).toMatchObject({ lineCount: MOST_BASKET_LINES });
  expect((await basket(other, large)).row.deletedAt).toBeUndefined();
});

it('has its prices asked for', async () => {
  const { checked, unknown } = await must(engine.handlers['baskets.refreshPrices']({ id: large }));
  expect([checked, unknown.length]).toEqual([MOST_BASKET_LINES, MOST_BASKET_LINES]);
  await sent();
});
