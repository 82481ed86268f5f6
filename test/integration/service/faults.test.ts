import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { PullResponse } from '#shared/protocol/pull.ts';
import { aProfile } from '#test/support/entities.ts';
import { spawnService, startService } from '#test/support/service.ts';
import { call, pullPath, signIn } from './client.ts';
import { addOne, createBasket, Device } from './device.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'account-service-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function pull({ url, token, replicaId }: Device): Promise<PullResponse> {
  const response = await call(url, `${pullPath({ replicaId, limit: 1000 })}`, { token });
  return PullResponse.parse(await response.json());
}
const quantityOf = ({ changes }: PullResponse, id: string): number => {
  const basket = changes.find((change) => change.id === id);
  const { lines } = (basket as unknown as { value: { lines: { quantity: number }[] } }).value;
  return lines.reduce((sum, line) => sum + line.quantity, 0);
};

describe('a service that is killed', () => {
  it('with a push under way has all of the batch or nothing of it, and the next try completes it', async () => {
    const args = ['--port', '0', '--data', folder, '--demo', '--demo-orders', '1', '--log-level', 'silent'];
    const open = async (device: Device, url: string) => {
      device.url = url;
      device.token = (await signIn(url, 'camille@example.org', 'Demo-2026!')).accessToken;
    };
    const device = new Device('', '');
    const id = newId();
    let service = await spawnService(args);
    await open(device, service.url);
    await device.push(createBasket(id));
    const batches = Array.from({ length: 12 }, () =>
      device.make(...Array.from({ length: 50 }, () => addOne(id))),
    );
    for (const batch of batches.slice(0, 5)) await device.send(batch);
    // Nobody knows how far these two come.
    const lost = batches.slice(5, 7).map((batch) => device.post(batch).catch(() => undefined));
    await Promise.race(lost);
    await service.stop('SIGKILL');
    await Promise.all(lost);

    service = await spawnService(args);
    await open(device, service.url);
    const after = await pull(device);
    expect(after.lastSeq! % 50).toBe(1);
    expect(quantityOf(after, id)).toBe(after.lastSeq! - 1);
    // A device that knows nothing of what became of them sends everything again.
    for (const batch of batches) await device.send(batch);
    const end = await pull(device);
    expect([end.lastSeq, end.lastId]).toEqual([601, batches.at(-1)!.at(-1)!.id]);
    expect(quantityOf(end, id)).toBe(600);
    await service.stop();
  });
});

describe('a service that is restored from a backup', () => {
  it('knows what the backup knew: the lost changes come again, those in the backup do not', async () => {
    const open = async (restored = false) => {
      const running = await startService({ dataDir: join(folder, 'data'), restored });
      return running;
    };
    const first = await open();
    const account = newId();
    await first.createAccount({
      email: 'a@example.org',
      password: 'right',
      id: account,
      entities: [{ type: 'profile', id: account, value: aProfile() }],
    });
    const token = (await signIn(first.url, 'a@example.org', 'right')).accessToken;
    const device = new Device(first.url, token);
    const id = newId();
    const kept = device.make(createBasket(id), addOne(id), addOne(id));
    await device.send(kept);
    const { epoch } = await pull(device);
    await first.close();
    cpSync(join(folder, 'data'), join(folder, 'backup'), { recursive: true });

    const second = await open();
    device.url = second.url;
    const lost = device.make(addOne(id), addOne(id), addOne(id));
    await device.send(lost);
    expect(quantityOf(await pull(device), id)).toBe(5);
    await second.close();

    rmSync(join(folder, 'data'), { recursive: true });
    cpSync(join(folder, 'backup'), join(folder, 'data'), { recursive: true });
    const restored = await open(true);
    device.url = restored.url;
    const page = await pull(device);
    expect(page.epoch).not.toBe(epoch);
    expect([page.lastSeq, page.lastId, quantityOf(page, id)]).toEqual([3, kept[2]!.id, 2]);
    const next = device.make(addOne(id));
    expect((await device.send(next)).stopped).toEqual({ kind: 'gap', expected: 4 });
    const { outcomes, lastSeq } = await device.send([...kept, ...lost, ...next]);
    expect(outcomes.every(({ outcome }) => outcome === 'applied')).toBe(true);
    expect([lastSeq, quantityOf(await pull(device), id)]).toEqual([7, 6]);
    await restored.close();
  });
});
