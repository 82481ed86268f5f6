import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { Folders, must, openTestEngine, PASSWORD, type TestEngine } from '#test/support/engine.ts';
import { anOrder, aProfile } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';

let service: RunningService;
const folders = new Folders();
let engine: TestEngine | undefined;

beforeAll(async () => {
  service = await startService();
});
afterEach(async () => {
  await engine?.close();
  folders.clear();
});
afterAll(() => service.close());

it('messages to customer service are listed newest first, and say whether they have left', async () => {
  const email = `${newId()}@example.org`;
  const id = newId();
  const order = { type: 'order' as const, id: newId(), value: anOrder() };
  const profile = { type: 'profile' as const, id, value: aProfile() };
  await service.createAccount({ id, email, password: PASSWORD, entities: [profile, order] });
  engine = openTestEngine({ url: service.url, folder: folders.make() });
  await engine.signIn(email);
  await engine.sync();
  const { handlers } = engine;
  const send = (text: string, extra: object = {}) =>
    must(
      handlers['changes.make']({
        name: 'support.send',
        args: { id: newId(), topic: 'delivery', text, ...extra },
      }),
    );
  await send('Où est mon colis ?', { orderId: order.id });
  await engine.sync();
  const [sent, ...none] = await must(handlers['support.list'](undefined));
  expect(none).toEqual([]);
  expect(sent).toMatchObject({
    message: { topic: 'delivery', text: 'Où est mon colis ?', orderId: order.id },
    orderNumber: order.value.number,
    pending: false,
  });

  await service.close();
  await send('Toujours rien.');
  const list = await must(handlers['support.list'](undefined));
  expect(list.map(({ message, pending }) => [message.text, pending])).toEqual([
    ['Toujours rien.', true],
    ['Où est mon colis ?', false],
  ]);
});
