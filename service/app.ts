import helmet from '@fastify/helmet';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { randomUUID } from 'node:crypto';
import { raiseAlarm } from './accounts/alarms.ts';
import { forgetEmailChanges } from './accounts/confirm-email.ts';
import { createAccount, type NewAccount } from './accounts/create-account.ts';
import { deleteDueAccounts } from './accounts/deletion.ts';
import { makeMailProofs } from './accounts/mail-proofs.ts';
import { makeMailRequests } from './accounts/mail-requests.ts';
import { makePasswords, type PasswordCost } from './accounts/passwords.ts';
import { makeProofMails } from './accounts/proof-mails.ts';
import { forgetRetained } from './accounts/retained-invoices.ts';
import { makeSessions } from './accounts/sessions.ts';
import { makeSignUps } from './accounts/sign-ups.ts';
import { makeThrottle } from './accounts/throttle.ts';
import { makeOrderPrices } from './catalogue/order-prices.ts';
import { firstOf, type PriceSource } from './catalogue/price-source.ts';
import { systemClock, type Clock } from './clock.ts';
import { makeInvoiceDocuments, type RenderInvoicePdf } from './documents/invoice-documents.ts';
import { installClosing } from './http/closing.ts';
import { makeWorkerRenderer } from './documents/worker-renderer.ts';
import { addAccountDataRoutes } from './http/account-data-routes.ts';
import { addAccountRoutes } from './http/account-routes.ts';
import { addDeletionRoutes } from './http/deletion-routes.ts';
import { addDeviceRoutes } from './http/device-routes.ts';
import { addDocumentationRoute, installDocumentation } from './http/documentation.ts';
import { addEmailRoutes } from './http/email-routes.ts';
import { installErrors, onClientError, onFrameworkError } from './http/errors.ts';
import { installProtocolGuard } from './http/guards.ts';
import { addHealthRoute } from './http/health-route.ts';
import { addInvoiceRoute } from './http/invoice-route.ts';
import type { Parts } from './http/parts.ts';
import { addPageRoutes } from './http/page-routes.ts';
import { addPokeRoute } from './http/poke-route.ts';
import { addPricesRoute } from './http/prices-route.ts';
import { addPullRoute } from './http/pull-route.ts';
import { addPushRoute } from './http/push-route.ts';
import { installRateLimits } from './http/rate-limits.ts';
import { addSafetyRoutes } from './http/safety-routes.ts';
import { addSessionRoutes } from './http/session-routes.ts';
import { LIMITS, type Limits } from './limits.ts';
import { makeLinks } from './mail/links.ts';
import { makeOutbox, type Outbox } from './mail/outbox.ts';
import { startPost, type PostOptions } from './mail/post.ts';
import { openStore, type Store } from './store/open.ts';
import { makeFeed, type Feed } from './sync/feed.ts';
import { makePokes, POKE_LIMITS, type PokeLimits, type Pokes } from './sync/pokes.ts';
import { watchNeighbours } from './sync/neighbours.ts';
import { deleteExpired, forgetPresents, purgeTombstones } from './sync/purge.ts';

export interface ServiceOptions {
  dataDir: string;
  clock?: Clock;
  passwordCost?: PasswordCost;
  limits?: Partial<Limits>;
  pokeLimits?: Partial<PokeLimits>;
  /** How long deletions are kept for replicas that have not read them. */
  tombstoneDays?: number;
  /** The database was put back from a backup: replicas read everything again. */
  restored?: boolean;
  /** Where people reach the service, for the links in mails; otherwise where it listens. */
  publicUrl?: string;
  /** Reverse proxies whose X-Forwarded-For is believed. */
  trustProxy?: string[];
  renderInvoicePdf?: RenderInvoicePdf;
  /** The shop's catalogue; for what it does not know, and without one, the account's own orders answer. */
  prices?: PriceSource;
  /** Without it mails wait in the database. */
  mail?: PostOptions;
  log?: { level: string; stream: { write(line: string): void } };
}

export interface Service {
  http: FastifyInstance;
  store: Store;
  feed: Feed;
  pokes: Pokes;
  mails: Outbox;
  createAccount(account: NewAccount): Promise<void>;
  /** Deletes what has outlived its use: baskets deleted a month ago, old notices and deletions, ended sessions, quiet counters, accounts whose day has come. */
  tidy(): Promise<void>;
  /** Ends the streams, lets running requests finish, closes the database. */
  close(): Promise<void>;
}

export const TOMBSTONE_DAYS = 180;
const BODY_BYTES = 16 * 1024;

function makeServer(options: ServiceOptions): FastifyInstance {
  const app = Fastify({
    // Requests are logged below, in a form that holds nothing personal: no address, no query, no header.
    logController: new LogController({ disableRequestLogging: true }),
    ...(options.log ? { logger: options.log } : { logger: false }),
    bodyLimit: BODY_BYTES,
    requestTimeout: 30_000,
    http: { maxHeaderSize: 8192 },
    routerOptions: { maxParamLength: 100 },
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy ?? false,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // A hook below answers in the contract's shape instead.
    return503OnClosing: false,
    frameworkErrors: onFrameworkError,
    clientErrorHandler: onClientError,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('session', null);
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
    done();
  });
  return app;
}

/** Puts the service together; `http.listen()` opens it to the network. */
export async function buildService(options: ServiceOptions): Promise<Service> {
  const { dataDir, clock = systemClock } = options;
  const store = await openStore(dataDir, { restored: options.restored });
  const pokes = makePokes(() => clock.now(), { ...POKE_LIMITS, ...options.pokeLimits });
  const feed = makeFeed(store, clock, (accountKey) => pokes.poke(accountKey));
  const mails = makeOutbox(store, clock);
  const sessions = makeSessions(store, clock, (trx, { id: sessionId, ...stolen }) =>
    raiseAlarm(trx, { clock, mails }, { ...stolen, sessionId, reason: 'token_reuse' }),
  );
  sessions.onEnd((sessionId) => pokes.endSession(sessionId));
  const throttle = makeThrottle(store, clock);
  const passwords = makePasswords(options.passwordCost);
  const links = makeLinks(() => options.publicUrl ?? http.listeningOrigin);
  const proofs = makeMailProofs(store, clock);
  const signUps = makeSignUps(store, clock);
  const renderer = makeWorkerRenderer();
  const parts: Parts = {
    store,
    clock,
    passwords,
    throttle,
    sessions,
    pokes,
    mails,
    links,
    mailRequests: makeMailRequests(store, clock),
    proofs,
    proofMails: makeProofMails(proofs, mails, links),
    signUps,
    documents: makeInvoiceDocuments(store, feed, clock, dataDir, options.renderInvoicePdf ?? renderer.render),
    prices: firstOf(...(options.prices ? [options.prices] : []), makeOrderPrices(store)),
    limits: { ...LIMITS, ...options.limits },
  };

  const http = makeServer(options);
  installClosing(http, () => pokes.close());
  await http.register(helmet, {
    contentSecurityPolicy: { directives: { 'default-src': ["'none'"] }, useDefaults: false },
  });
  await installRateLimits(http, parts.limits);
  installProtocolGuard(http);
  installErrors(http, parts.limits);
  await installDocumentation(http);
  await http.register((app, _options, done) => {
    addHealthRoute(app, parts);
    addDocumentationRoute(app);
    addSessionRoutes(app, parts);
    addAccountRoutes(app, parts);
    addDeviceRoutes(app, parts);
    addSafetyRoutes(app, parts);
    addEmailRoutes(app, parts);
    addDeletionRoutes(app, parts);
    addAccountDataRoutes(app, parts);
    addPullRoute(app, parts);
    addPushRoute(app, parts);
    addPokeRoute(app, parts);
    addPricesRoute(app, parts);
    addInvoiceRoute(app, parts);
    done();
  });
  await http.register((app, _options, done) => {
    addPageRoutes(app, parts);
    done();
  });
  await http.ready();
  const post = await startPost(mails, options.mail, clock, http.log);
  const neighbours = watchNeighbours(store, pokes, clock, (error) =>
    http.log.error({ err: error }, 'could not look for changes by other processes'),
  );

  return {
    http,
    store,
    feed,
    pokes,
    mails,
    createAccount: (account) => createAccount(store, passwords, clock, account),
    async tidy() {
      await deleteExpired(store, clock, (accountKey) => pokes.poke(accountKey));
      await forgetPresents(store, clock);
      await purgeTombstones(store, clock, options.tombstoneDays ?? TOMBSTONE_DAYS);
      await sessions.forget();
      await throttle.forget();
      await forgetEmailChanges(store, clock);
      await signUps.forget();
      await proofs.forget();
      const worthless = await mails.dropWorthless();
      if (worthless > 0) http.log.warn({ worthless }, 'mails could not be sent before they expired');
      await mails.forget();
      await deleteDueAccounts(parts);
      await forgetRetained(store, clock, parts.documents);
    },
    async close() {
      await http.close();
      await neighbours.close();
      await post.close();
      await renderer.close();
      await store.close();
    },
  };
}
