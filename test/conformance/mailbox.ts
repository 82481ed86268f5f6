import { AssertionError } from 'node:assert';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';

/** A mail that never comes is not waited for longer. */
const ARRIVAL_MS = 30_000;
const LOOK_MS = 100;

/** What `mails.json` of a mailbox answers, as far as it is read here. Later mails have higher ids. */
const Mails = z.object({ mails: z.array(z.object({ id: z.int(), to: z.string(), text: z.string() })) });

/** What a mail proves: its link with the token in it, and the code beside it. */
export interface Proof {
  link: string;
  token: string;
  code: string;
}

/** Where the mails of the service can be read. */
export interface Mailbox {
  /** Throws when it cannot be read. */
  check(): Promise<void>;
  /**
   * The `nth` mail with a link and a code to an address, counted from 1 in the order of arrival; waits for it.
   * Throws an AssertionError when it does not come.
   */
  proof(to: string, nth?: number): Promise<Proof>;
}

/** @param url beside which `mails.json` is: that of the demo's inbox, for one */
export function openMailbox(url: string): Mailbox {
  const list = new URL('mails.json', url.endsWith('/') ? url : `${url}/`);

  async function read() {
    const response = await fetch(list);
    if (!response.ok) throw new Error(`${list.href} answers ${response.status}`);
    return Mails.parse(await response.json()).mails;
  }

  async function proofsTo(to: string): Promise<Proof[]> {
    const mails = await read();
    return mails
      .filter((mail) => mail.to.toLowerCase().split(/,\s*/).includes(to.toLowerCase()))
      .sort((a, b) => a.id - b.id)
      .flatMap(({ text }) => proofIn(text) ?? []);
  }

  return {
    async check() {
      await read();
    },

    async proof(to, nth = 1) {
      const until = performance.now() + ARRIVAL_MS;
      for (;;) {
        const found = (await proofsTo(to))[nth - 1];
        if (found) return found;
        if (performance.now() > until)
          throw new AssertionError({ message: `mail ${nth} with a link and a code for ${to} did not come` });
        await setTimeout(LOOK_MS);
      }
    },
  };
}

/** Undefined for a mail that only tells something. */
export function proofIn(text: string): Proof | undefined {
  const code = /^\s*([2-9A-HJ-NP-Z]{4}[ -]?[2-9A-HJ-NP-Z]{4})\s*$/m.exec(text)?.[1]?.replace(/[ -]/, '');
  for (const [link] of text.matchAll(/https?:\/\/\S+/g)) {
    const token = URL.parse(link)?.searchParams.get('token');
    if (token && code) return { link, token, code };
  }
  return undefined;
}
