import { existsSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { createEngine } from '#core/engine.ts';
import { systemEnv } from '#core/env.ts';
import { COUNTED } from '../make-calls.ts';

/* A process of the app that ends itself with SIGKILL at the n-th event: a write, a request that leaves, or an answer that has come. */

const [folder = '', url = '', email = '', password = '', basketId = '', at = '0'] = process.argv.slice(2);
const killAt = Number(at);
let events = 0;

function event(): void {
  events += 1;
  if (events === killAt) process.kill(process.pid, 'SIGKILL');
}

/** Straight to the pipe: what was said before a kill is said. */
const say = (line: unknown): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const { env, close } = systemEnv();
const keyring = `${folder}.keyring`;
const secrets = (): Record<string, string | undefined> =>
  existsSync(keyring) ? (JSON.parse(readFileSync(keyring, 'utf8')) as Record<string, string>) : {};
/** A kill in the middle would be the keyring's fault. */
const keep = (all: Record<string, string | undefined>): void => {
  writeFileSync(`${keyring}.new`, JSON.stringify(all));
  renameSync(`${keyring}.new`, keyring);
};
const engine = createEngine(
  {
    folder,
    settings: { serviceUrl: url, keepInvoiceMonths: 0, language: 'fr' },
    device: { name: 'victim', platform: 'linux', appVersion: '1.0.0' },
  },
  {
    loadSecret: (id) => Promise.resolve(secrets()[id]),
    saveSecret: (id, secret) => {
      keep({ ...secrets(), [id]: secret });
      return Promise.resolve({ durable: true });
    },
    deleteSecret: (id) => {
      keep({ ...secrets(), [id]: undefined });
      return Promise.resolve();
    },
    log: () => undefined,
  },
  {
    beforeWrite: event,
    transport: async (request) => {
      event();
      const answer = await env.transport(request);
      event();
      return answer;
    },
  },
);
const { handlers } = engine;
const add = async (): Promise<void> => {
  const lines = [{ part: COUNTED, quantity: 1 }];
  const made = await handlers['changes.make']({ name: 'basket.addLines', args: { basketId, lines } });
  if (made.ok && made.value.made) say({ made: made.value.id });
};

await handlers['session.signIn']({ email, password });
await handlers['sync.now'](undefined);
await add();
await add();
await handlers['sync.now'](undefined);
await add();
const list = await handlers['changes.list'](undefined);
const [waiting] = list.ok ? list.value.waiting : [];
if (waiting) {
  say({ undoing: waiting.id });
  const undone = await handlers['changes.undo']({ id: waiting.id });
  if (undone.ok && undone.value.undone) say({ undone: waiting.id });
}
await add();
await handlers['sync.now'](undefined);
await engine.close();
close();
say({ events });
