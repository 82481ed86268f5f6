import { afterEach, expect, it } from 'vitest';
import { makeWorkerRenderer, type WorkerRenderer } from '#service/documents/worker-renderer.ts';
import { renderInvoicePdf } from '#service/invoices/pdf.ts';
import { newId } from '#shared/domain/ids.ts';
import { aProfile, anInvoice, anOrder } from '#test/support/entities.ts';

let renderer: WorkerRenderer;
afterEach(() => renderer.close());

const orderId = newId();
const input = (number: string) => ({
  invoice: { ...anInvoice(orderId, { number }), id: newId() },
  order: { ...anOrder(), id: orderId },
  profile: aProfile(),
});

it('renders the same bytes as this thread would, each for whom asked, and goes on after a failure', async () => {
  renderer = makeWorkerRenderer();
  const inputs = [input('F1'), input('F2')];
  const broken = { ...input('F3'), order: undefined as never };
  const [one, failed, two] = await Promise.allSettled([
    renderer.render(inputs[0]!),
    renderer.render(broken),
    renderer.render(inputs[1]!),
  ]);
  expect(failed.status).toBe('rejected');
  for (const [i, made] of [one, two].entries()) {
    if (made.status !== 'fulfilled') throw made.reason;
    expect(Buffer.from(made.value).equals(Buffer.from(await renderInvoicePdf(inputs[i]!)))).toBe(true);
  }
});

it('rejects what it was making when it is closed', async () => {
  renderer = makeWorkerRenderer();
  const making = expect(renderer.render(input('F1'))).rejects.toThrow('has ended');
  await renderer.close();
  await making;
});
