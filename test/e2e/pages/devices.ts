import type { LaunchOptions, RunningApp } from '#test/support/electron.ts';
import { startFaultyProxy, type FaultyProxy } from '#test/support/faulty-proxy.ts';
import { ChangesPage } from './changes-page.ts';
import { expect, test as base } from './fixtures.ts';
import type { Frame } from './frame.ts';
import { OrdersPage } from './orders-page.ts';

export interface Network {
  url: string;
  /** Nothing reaches the service any more, and what was under way is lost. */
  cut: () => void;
  back: () => void;
}

export type Signed = RunningApp & { frame: Frame; orders: OrdersPage; changes: ChangesPage };

export const test = base.extend<{
  network: Network;
  device: (options?: LaunchOptions) => Promise<Signed>;
}>({
  network: async ({ service }, use) => {
    const proxy: FaultyProxy = await startFaultyProxy(service.url);
    await use({
      url: proxy.url,
      cut: () => {
        proxy.rule = () => ({ kind: 'cut' });
        proxy.disconnect();
      },
      back: () => {
        proxy.rule = undefined;
      },
    });
    await proxy.close();
  },
  /** A computer of the garage, signed in, with everything read. */
  device: async ({ signedIn }, use) => {
    await use(async (options) => {
      const running = await signedIn('garage', options);
      return { ...running, orders: new OrdersPage(running.page), changes: new ChangesPage(running.page) };
    });
  },
});

export { expect };
