import type { OpenAccount } from './accounts/open-account.ts';
import type { EngineHandlers, EngineSettings } from './api.ts';
import type { MakeChange } from './make-change.ts';
import { fail, ok } from './result.ts';
import type { WithAccount } from './with-account.ts';

type BasketCall =
  'baskets.list' | 'baskets.get' | 'baskets.suggest' | 'baskets.refreshPrices' | 'exports.basketCsv';

export function basketHandlers(
  { read, find, work }: WithAccount,
  ports: { make: (open: OpenAccount) => MakeChange; settings: () => EngineSettings },
): Pick<EngineHandlers, BasketCall> {
  return {
    'baskets.list': () => read(({ queries }) => queries.baskets()),
    'baskets.get': ({ id }) => find(({ queries }) => queries.basket(id)),
    'baskets.suggest': (input) => read(({ queries }) => queries.suggest(input)),
    'baskets.refreshPrices': ({ id }) =>
      work(async (open) => {
        const found = open.queries.basket(id);
        if (!found) return fail('not_found');
        const { refreshPrices } = await import('./baskets/refresh-prices.ts');
        return refreshPrices(open.session, id, found.basket.lines, ports.make(open));
      }),
    'exports.basketCsv': ({ id, path }) =>
      work(async ({ queries }) => {
        const found = queries.basket(id);
        if (!found) return fail('not_found');
        const { exportBasketCsv } = await import('./exports/baskets.ts');
        return ok({ count: await exportBasketCsv(found, path, ports.settings().language) });
      }),
  };
}
