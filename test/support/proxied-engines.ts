import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { Folders, must, openTestEngine, type TestEngine, type TestEngineOptions } from './engine.ts';
import { always, type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import { type RunningService, startService } from './service.ts';

/** Engines that reach one service through one proxy. Service and proxy are there while tests run, and not before. */
interface ProxiedEngines {
  readonly service: RunningService;
  readonly proxy: FaultyProxy;
  readonly folders: Folders;
  open: (options?: Partial<TestEngineOptions>) => TestEngine;
  closeAll: () => Promise<void>;
  /** Makes a basket that the service does not hear of; nothing gets through from then on, until the rule of the proxy is put away. */
  makeOffline: (engine: TestEngine, name: string) => Promise<void>;
}

/** For all tests of a file. What one has opened is closed and deleted after it, and the next one has a network again. */
export function proxiedEngines(): ProxiedEngines {
  let service: RunningService;
  let proxy: FaultyProxy;
  const folders = new Folders();
  const open: TestEngine[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(open.splice(0).map((engine) => engine.close()));
  };

  beforeAll(async () => {
    service = await startService();
    proxy = await startFaultyProxy(service.url);
  });
  afterEach(async () => {
    proxy.rule = undefined;
    await closeAll();
    folders.clear();
  });
  afterAll(async () => {
    await proxy.close();
    await service.close();
  });

  return {
    get service() {
      return service;
    },
    get proxy() {
      return proxy;
    },
    folders,
    open: (options = {}) => {
      const engine = openTestEngine({ url: proxy.url, folder: folders.make(), ...options });
      open.push(engine);
      return engine;
    },
    closeAll,
    makeOffline: async (engine, name) => {
      proxy.rule = always(/./, { kind: 'cut' });
      const call = { name: 'basket.create' as const, args: { id: newId(), name } };
      expect(await must(engine.handlers['changes.make'](call))).toMatchObject({ made: true });
    },
  };
}

/** In the order in which they are shown. */
export const basketNames = async (engine: TestEngine): Promise<string[]> =>
  (await must(engine.handlers['baskets.list'](undefined))).baskets.map(({ name }) => name);
