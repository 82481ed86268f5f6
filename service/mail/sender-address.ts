import { z } from 'zod';

/** Whom mails come from. */
export interface SenderAddress {
  name: string;
  address: string;
}

const NAMED = /^(?<name>[^<>]*)<(?<address>[^<>]+)>$/;

/** Reads `name <address>` or an address alone; undefined when it is neither. */
export function readSenderAddress(text: string): SenderAddress | undefined {
  const { name = '', address = text } = NAMED.exec(text.trim())?.groups ?? {};
  const parsed = z.email().safeParse(address.trim());
  if (!parsed.success || /[\u0000-\u001f\u007f]/.test(name)) return undefined;
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: parsed.data };
}
