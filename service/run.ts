import { toInstant } from '#shared/domain/time.ts';
import { buildService, type Service } from './app.ts';
import { systemClock } from './clock.ts';
import { loadDemo } from './load-demo.ts';
import type { Settings } from './settings.ts';
import { alone } from './store/alone.ts';
import { NewerDatabaseError } from './store/migrate.ts';

/** What a running request may still take when the service is told to stop. */
const STOP_MS = 10_000;
const TIDY_MS = 3_600_000;

/** What only a service with demo accounts needs; reading and making it takes a moment. */
async function demoOf(settings: Settings) {
  const { Catalogue } = await import('./demo/catalogue.ts');
  const { makeDemoPrices } = await import('./demo/price-list.ts');
  const catalogue = new Catalogue(settings['demo-seed']);
  return { catalogue, prices: makeDemoPrices(catalogue, settings['demo-seed'], systemClock) };
}
type Demo = Awaited<ReturnType<typeof demoOf>>;

async function buildOrExit(settings: Settings, demo: Demo | undefined): Promise<Service> {
  try {
    return await buildService({
      dataDir: settings.data,
      restored: settings.restored,
      limits:
        settings['rate-limit'] === undefined
          ? {}
          : settings['rate-limit'] === 0
            ? { requestsPerMinute: 0, signInsPerMinute: 0, refreshesPerMinute: 0, exportsPerMinute: 0 }
            : { requestsPerMinute: settings['rate-limit'] },
      ...(settings['max-streams'] === undefined
        ? {}
        : { pokeLimits: { perAccount: settings['max-streams'], perSession: settings['max-streams'] } }),
      ...(settings['tombstone-days'] === undefined ? {} : { tombstoneDays: settings['tombstone-days'] }),
      ...(settings['public-url'] ? { publicUrl: settings['public-url'] } : {}),
      ...(settings['trust-proxy'] ? { trustProxy: settings['trust-proxy'] } : {}),
      ...(demo ? { prices: demo.prices } : {}),
      ...(settings['smtp-url']
        ? { mail: { server: settings['smtp-url'], from: settings['mail-from'] } }
        : {}),
      log: { level: settings['log-level'], stream: process.stderr },
    });
  } catch (error) {
    if (!(error instanceof NewerDatabaseError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** One process loads them; another that is started meanwhile waits, and finds them. */
async function loadDemoAccounts(service: Service, settings: Settings, demo: Demo): Promise<void> {
  const { generateDemo } = await import('./demo/generate.ts');
  const orders = settings['demo-orders'];
  const accounts = generateDemo(
    {
      seed: settings['demo-seed'],
      today: settings['demo-today'] ?? toInstant(systemClock.now()).slice(0, 10),
      ...(orders === undefined ? {} : { garageOrders: orders }),
    },
    demo.catalogue,
  );
  const loaded = await alone(settings.data, 'demo', () => loadDemo(service, accounts));
  service.http.log.info({ loaded }, 'demo accounts loaded');
}

async function listenOrExit(service: Service, { port, host }: Settings): Promise<string> {
  try {
    return await service.http.listen({ port, host });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    process.stderr.write(`The service cannot listen on ${host}:${port} (${code ?? message}).\n`);
    await service.close();
    process.exit(1);
  }
}

function stopOnSignal(service: Service): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // Whoever still reads slowly then is cut off.
    setTimeout(() => service.http.server.closeAllConnections(), STOP_MS).unref();
    void service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        service.http.log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function tidy(service: Service): Promise<void> {
  try {
    await service.tidy();
  } catch (error) {
    service.http.log.error({ err: error }, 'could not tidy up');
  }
}

/** Starts the service and says where, in one line of JSON on standard output. */
export async function run(settings: Settings): Promise<void> {
  const demo = settings.demo ? await demoOf(settings) : undefined;
  const service = await buildOrExit(settings, demo);
  stopOnSignal(service);
  if (demo) await loadDemoAccounts(service, settings, demo);
  const url = await listenOrExit(service, settings);
  await tidy(service);
  setInterval(() => void tidy(service), TIDY_MS).unref();
  process.stdout.write(`${JSON.stringify({ url })}\n`);
}
