import { beforeEach, expect, it, vi } from 'vitest';
import type { TypedTexts } from '#shared/ipc/typed-texts.ts';
import { keepTyped, loadTypedTexts, typedText } from './typed-texts.ts';

const calls = { 'typed.get': vi.fn(), 'typed.keep': vi.fn() };
let answer: () => void = () => undefined;

beforeEach(async () => {
  vi.stubGlobal('window', { oscaro: { calls } });
  calls['typed.get'].mockResolvedValue({ ok: true, value: { orders: 'AB-123-CD' } });
  calls['typed.keep'].mockReset().mockImplementation(
    () =>
      new Promise((resolve) => {
        answer = () => {
          resolve({ ok: true, value: undefined });
        };
      }),
  );
  await loadTypedTexts();
});

const keptSoFar = (): TypedTexts[] => calls['typed.keep'].mock.calls.map(([texts]) => texts as TypedTexts);

it('answers what was kept, and keeps only what changes', () => {
  expect(typedText('orders')).toBe('AB-123-CD');
  keepTyped('orders', 'AB-123-CD');
  keepTyped('invoices', '');
  expect(keptSoFar()).toEqual([]);
});

it('keeps the newest of what was typed while one text was being kept', async () => {
  keepTyped('orders', 'M');
  keepTyped('orders', 'Mo');
  keepTyped('support', 'Bonjour');
  keepTyped('orders', 'Mor');
  expect(typedText('orders')).toBe('Mor');
  expect(keptSoFar()).toEqual([{ orders: 'M' }]);
  answer();
  await vi.waitFor(() => {
    expect(keptSoFar()).toEqual([{ orders: 'M' }, { orders: 'Mor', support: 'Bonjour' }]);
  });
  answer();
});
