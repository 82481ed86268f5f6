import type { Result } from '#shared/ipc/errors.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { accountsHandlers } from './accounts-handlers.ts';
import type { BeforeSignIn } from './accounts/before-sign-in.ts';
import type { CurrentAccount } from './accounts/current-account.ts';
import type { OpenAccount } from './accounts/open-account.ts';
import type { EngineHandlers, EngineSettings } from './api.ts';
import { basketHandlers } from './basket-handlers.ts';
import { changeHandlers } from './change-handlers.ts';
import type { Env } from './env.ts';
import type { Jobs } from './jobs.ts';
import type { Vault } from './keys/vault.ts';
import { lockHandlers } from './lock-handlers.ts';
import type { MakeChange } from './make-change.ts';
import { ok } from './result.ts';
import { signUpHandlers } from './sign-up-handlers.ts';
import { securityHandlers } from './security-handlers.ts';
import { typedTextsHandlers } from './typed-texts-handlers.ts';
import { vehicleHandlers } from './vehicle-handlers.ts';
import { withAccount } from './with-account.ts';

export interface HandlerPorts {
  env: Env;
  account: CurrentAccount;
  vault: Vault;
  before: BeforeSignIn;
  jobs: Jobs;
  signal: AbortSignal;
  settings: () => EngineSettings;
  applySettings: (settings: EngineSettings) => void;
}

/**
 * One handler for each call. What reads answers from the database; what needs the service waits for it. Code that few calls need is loaded
 * with the first of them, so that the first screen does not wait for it.
 */
export function engineHandlers(ports: HandlerPorts): EngineHandlers {
  const { account, env, jobs } = ports;
  const open = withAccount(account);
  const { read, find, work } = open;
  const make =
    ({ outbox }: OpenAccount): MakeChange =>
    async (call) =>
      ok(await outbox.make(call, { many: true }));
  const status = async (): Promise<Result<SyncStatus>> => {
    await account.beginning;
    return account.get().ok ? read((open) => open.status()) : ok(account.status());
  };
  const handlers: EngineHandlers = {
    'session.get': async () => {
      await account.beginning;
      if (account.whyUnknown()) await account.now();
      const error = account.whyUnknown();
      return error ? { ok: false, error } : ok(account.session());
    },
    'service.check': async ({ url }) =>
      (await import('./service/check.ts')).checkService(env, ports.signal, url),
    'account.get': () => read(({ queries }) => queries.account()),
    'support.list': () => read(({ queries }) => queries.support()),
    'profile.get': () => read(({ queries }) => queries.profile()),
    'sync.status': status,
    'sync.now': async () => {
      await account.now();
      return status();
    },
    'home.get': () => read(({ queries }) => queries.home(env.clock.now())),
    'orders.summary': (filter) => read(({ queries }) => queries.orders.summary(filter)),
    'orders.page': ({ filter, offset, limit }) =>
      read(({ queries }) => queries.orders.page(filter, offset, limit)),
    'orders.get': ({ id }) => find(({ queries }) => queries.order(id)),
    'orders.position': ({ filter, id }) =>
      read(({ queries }) => {
        const key = queries.keyOf('order', id);
        return key === undefined ? undefined : queries.orders.position(filter, key);
      }),
    'invoices.summary': (filter) => read(({ queries }) => queries.invoices.summary(filter)),
    'invoices.page': ({ filter, offset, limit }) =>
      read(({ queries }) => queries.invoices.page(filter, offset, limit)),
    'invoices.get': ({ id }) => find(({ queries }) => queries.invoice(id)),
    'invoices.position': ({ filter, id }) =>
      read(({ queries }) => {
        const key = queries.keyOf('invoice', id);
        return key === undefined ? undefined : queries.invoices.position(filter, key);
      }),
    'invoices.bytes': ({ id }) =>
      work(async ({ files }) => {
        const file = await files.get(id);
        return file.ok ? ok(file.value.bytes) : file;
      }),
    'invoices.download': ({ ids }) => work(async ({ files }) => ok(await files.download(ids))),
    ...signUpHandlers(account, ports.before),
    ...accountsHandlers(account, ports.before),
    ...lockHandlers(account, ports.vault),
    ...securityHandlers(open, account),
    ...typedTextsHandlers(open),
    ...changeHandlers(open),
    ...basketHandlers(open, { make, settings: ports.settings }),
    ...vehicleHandlers(open, { env, jobs, make, settings: ports.settings }),
    'search.query': ({ text, limit }) => read(({ queries }) => queries.search(text, limit)),
    'settings.apply': (settings) => {
      ports.applySettings(settings);
      return ok(undefined);
    },
    'sync.hint': ({ kind }) => {
      const { open } = account;
      if (kind === 'hidden' || kind === 'visible') open?.sync.setVisible(kind === 'visible');
      if (kind !== 'hidden') void account.now();
      return ok(undefined);
    },
    'invoices.file': ({ id }) =>
      work(async ({ files }) => {
        const file = await files.get(id);
        return file.ok ? ok(file.value) : file;
      }),
    'orders.trackingUrl': ({ orderId, shipmentId }) =>
      find(({ queries }) => {
        const url = queries.trackingUrl(orderId, shipmentId);
        return url === undefined ? undefined : { url };
      }),
    'exports.ordersCsv': ({ filter, path }) =>
      work(async ({ queries }) => {
        const { exportOrdersCsv } = await import('./exports/lists.ts');
        return ok({ count: await exportOrdersCsv(queries.orders, filter, path, ports.settings().language) });
      }),
    'exports.invoicesCsv': ({ filter, path }) =>
      work(async ({ queries }) => {
        const { exportInvoicesCsv } = await import('./exports/lists.ts');
        return ok({
          count: await exportInvoicesCsv(queries.invoices, filter, path, ports.settings().language),
        });
      }),
    'exports.invoicesZip': ({ jobId, filter, ids, path }) =>
      work(async ({ queries, files }) => {
        const { exportInvoicesZip } = await import('./exports/zip.ts');
        return jobs.run(jobId, (job) =>
          exportInvoicesZip(queries.invoices, files, { filter, ids, path }, job),
        );
      }),
    'exports.allData': ({ jobId, path, settings }) =>
      work(async ({ store, queries, files, session }) => {
        const { exportAllData } = await import('./exports/all-data/export.ts');
        const source = {
          reader: store.reader,
          queries,
          files,
          session,
          settings,
          language: ports.settings().language,
          now: env.clock.now,
        };
        return jobs.run(jobId, (job) => exportAllData(source, path, job));
      }),
    'jobs.cancel': ({ jobId }) => {
      jobs.cancel(jobId);
      return ok(undefined);
    },
  };
  return handlers;
}
