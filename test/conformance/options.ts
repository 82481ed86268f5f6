import { parseArgs } from 'node:util';
import type { Login } from './world.ts';

/** Wrong flags; its message is for the person at the terminal. */
export class OptionsError extends Error {}

export interface Options {
  service: string;
  one: Login;
  other: Login;
  mailbox: string | undefined;
  patienceSeconds: number;
}

/** Asking for a mail again takes a minute at the reference service. */
const PATIENCE_SECONDS = 90;

const text = { type: 'string' } as const;
const flags = {
  service: { ...text, about: 'URL  the account service to check' },
  email: { ...text, about: 'ADDRESS  an account of its own for the suite, or one of a demo' },
  password: { ...text, about: "TEXT  that account's password" },
  'other-email': { ...text, about: 'ADDRESS  a second account, that must see nothing of the first' },
  'other-password': { ...text, about: "TEXT  the second account's password; the first one's when absent" },
  mailbox: {
    ...text,
    about:
      'URL  where its mails can be read, as mails.json: the inbox of a demo; without it, what needs mails is skipped',
  },
  patience: {
    ...text,
    about: `SECONDS  how long to wait for what takes time, ${PATIENCE_SECONDS} when absent; what takes longer is skipped`,
  },
} as const;

export const HELP = `npm run conformance -- --service URL --email ADDRESS --password TEXT --other-email ADDRESS

Checks over HTTP that an account service keeps the contract (docs/protocol.md). It signs in to two accounts, makes its own baskets there by pushes
like any device, and deletes them again. With a mailbox it opens accounts as well, and has them deleted. Ends with 0 when all is well, 1 when something is not, 2 when it could not begin.

${Object.entries(flags)
  .map(([name, { about }]) => `  --${name} ${about}`)
  .join('\n')}

Each can also be set in the environment, where passwords are out of sight: OSCARO_CONFORMANCE_OTHER_PASSWORD for --other-password.
`;

const variable = (name: string) => `OSCARO_CONFORMANCE_${name.toUpperCase().replaceAll('-', '_')}`;

/** Throws OptionsError. */
export function readOptions(argv: string[], env: Record<string, string | undefined>): Options | 'help' {
  let given: Partial<Record<string, string | boolean>>;
  try {
    const help = { type: 'boolean', short: 'h' } as const;
    given = parseArgs({ args: argv, options: { ...flags, help }, strict: true }).values;
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error));
  }
  if (given['help'] === true) return 'help';
  const valueOf = (name: keyof typeof flags): string | undefined => {
    const value = given[name] ?? env[variable(name)];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const needed = (name: keyof typeof flags): string => {
    const value = valueOf(name);
    if (value === undefined) throw new OptionsError(`--${name} is missing.`);
    return value;
  };
  const service = needed('service');
  checkAddress('service', service);
  const mailbox = valueOf('mailbox');
  if (mailbox !== undefined) checkAddress('mailbox', mailbox);
  const patience = valueOf('patience') ?? String(PATIENCE_SECONDS);
  if (!/^\d{1,6}$/.test(patience)) throw new OptionsError('--patience is not a number of seconds.');
  const one = { email: needed('email'), password: needed('password') };
  const other = {
    email: needed('other-email'),
    password: valueOf('other-password') ?? one.password,
  };
  if (one.email.toLowerCase() === other.email.toLowerCase())
    throw new OptionsError('--email and --other-email have to be two accounts.');
  return { service, one, other, mailbox, patienceSeconds: Number(patience) };
}

function checkAddress(name: keyof typeof flags, address: string): void {
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? ''))
    throw new OptionsError(`--${name} is not an http or https address.`);
}
