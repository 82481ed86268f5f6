import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CalendarDate } from '#shared/domain/time.ts';
import { LIMITS } from './limits.ts';
import { readSenderAddress } from './mail/sender-address.ts';
import { readSmtpUrl } from './mail/smtp-url.ts';

/** Wrong flags or environment; its message is for the person at the terminal. */
export class SettingsError extends Error {}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Every setting once: `--rate-limit 0` or `OSCARO_SERVICE_RATE_LIMIT=0`; the flag wins. */
const options = {
  port: { ...text, about: 'PORT  where to listen; 0 for any free port (8787)' },
  host: { ...text, about: 'ADDRESS  where to listen (127.0.0.1)' },
  data: { ...text, about: 'FOLDER  where the database and the documents are kept (required)' },
  demo: { ...flag, about: 'load the demo accounts when the database has none of them' },
  'demo-orders': { ...text, about: "N  how many orders the demo garage has (the demo's own number)" },
  'demo-seed': { ...text, about: 'TEXT  decides every detail of the demo data' },
  'demo-today': { ...text, about: 'YYYY-MM-DD  the day on which the demo is told (today)' },
  'log-level': { ...text, about: 'trace|debug|info|warn|error|silent (info)' },
  'rate-limit': {
    ...text,
    about: `N  requests a minute from one address; 0 for no limit at all (${LIMITS.requestsPerMinute})`,
  },
  'max-streams': { ...text, about: 'N  open poke streams of one account (32)' },
  'tombstone-days': { ...text, about: 'N  how long deletions are kept for devices that are away (180)' },
  'public-url': {
    ...text,
    about: 'URL  where people reach the service, for the links in mails (where it listens)',
  },
  'trust-proxy': {
    ...text,
    about: 'ADDRESSES  reverse proxies whose X-Forwarded-For is believed, with commas between',
  },
  'smtp-url': {
    ...text,
    about: 'URL  the mail server, smtp[s]://[user:password@]host[:port]; SMTP_URL does as well',
  },
  'mail-from': { ...text, about: 'SENDER  whom mails come from, "name <address>"' },
  restored: { ...flag, about: 'the data comes from a backup: devices read everything again' },
  help: { ...flag, short: 'h', about: 'show this' },
} as const;

const whole = (max: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.int().max(max));
const onOff = z.union([
  z.boolean(),
  z.enum(['1', 'true', '0', 'false']).transform((word) => word === '1' || word === 'true'),
]);

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

const Settings = z.object({
  port: whole(65_535).default(8787),
  host: z.string().min(1).default('127.0.0.1'),
  data: z.string({ error: 'is required' }).min(1),
  demo: onOff.default(false),
  'demo-orders': whole(1_000_000).optional(),
  'demo-seed': z.string().min(1).max(100).default('oscaro'),
  'demo-today': CalendarDate.optional(),
  'log-level': z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  'rate-limit': whole(10_000_000).optional(),
  'max-streams': whole(1_000_000).optional(),
  'tombstone-days': whole(36_500).optional(),
  'public-url': z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  'trust-proxy': z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .optional(),
  'smtp-url': z
    .string()
    .transform(
      (url, context) => readSmtpUrl(url) ?? refuse(context, 'is smtp[s]://[user:password@]host[:port]'),
    )
    .optional(),
  'mail-from': z
    .string()
    .default('Oscaro Desktop <no-reply@oscaro-desktop.localhost>')
    .transform(
      (sender, context) => readSenderAddress(sender) ?? refuse(context, 'is "name <address>" or an address'),
    ),
  restored: onOff.default(false),
});
export type Settings = z.infer<typeof Settings>;

export const HELP = `node service/main.ts --data FOLDER [options]

Starts the account service. It prints one line of JSON, {"url": …}, when it can be reached; its log goes to standard error.

${Object.entries(options)
  .map(([name, { about }]) => `  --${name} ${about}`)
  .join('\n')}

Each can also be set in the environment: OSCARO_SERVICE_LOG_LEVEL for --log-level. A flag wins over it.
`;

/** Many hosts name their mail server so; an empty name is none. */
const fallback = (name: string, env: Record<string, string | undefined>) =>
  name === 'smtp-url' ? env['SMTP_URL'] || undefined : undefined;

const variable = (name: string) => `OSCARO_SERVICE_${name.toUpperCase().replaceAll('-', '_')}`;

/** Throws SettingsError. */
export function readSettings(argv: string[], env: Record<string, string | undefined>): Settings | 'help' {
  let given: Record<string, string | boolean | undefined>;
  try {
    given = parseArgs({ args: argv, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error));
  }
  if (given['help'] === true) return 'help';
  const merged = Object.fromEntries(
    Object.keys(Settings.shape).map((name) => [
      name,
      given[name] ?? env[variable(name)] ?? fallback(name, env),
    ]),
  );
  const parsed = Settings.safeParse(merged);
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
}
