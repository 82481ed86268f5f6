import { createHmac, hash, randomBytes, randomInt, type KeyObject } from 'node:crypto';

/**
 * Tokens are 256 random bits. The prefix says what one is to the people and scanners that come across a leaked one.
 * The database holds their SHA-256 only; no salt and no slow hash are needed, since nobody can guess 256 bits.
 */
const token = (prefix: string, bits: Buffer) => `${prefix}_${bits.toString('base64url')}`;

export const newAccessToken = () => token('oat', randomBytes(32));
export const newRefreshToken = () => token('ort', randomBytes(32));
/** What the link of a mail carries. */
export const newMailToken = () => token('omt', randomBytes(32));
/** What devices seal the key of their data with; never asked for, so it needs no prefix to be known by. */
export const newDeviceSecret = () => randomBytes(32).toString('base64url');
export const hashToken = (text: string) => hash('sha256', text, 'base64url');

/**
 * The refresh token that follows `used`. It is derived, not drawn, so that a client whose answer got lost can be told the same one
 * again although only hashes are stored. Deriving takes the used token AND the service's secret: a copy of the
 * database (which has the secret, but hashes only) does not give it, and neither does a stolen old token.
 */
export const successorOf = (used: string, secret: KeyObject) =>
  token('ort', createHmac('sha256', secret).update('refresh-successor\n').update(used).digest());

/** Without 0, 1, I and O, which look alike on paper: MailCode of the contract. */
const CODE_SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** 40 random bits: enough only because guesses are counted. */
export const newMailCode = () =>
  Array.from({ length: 8 }, () => CODE_SIGNS[randomInt(CODE_SIGNS.length)]).join('');

/** What tables keep of addresses, networks, tokens and codes: nobody without the service's secret can tell what it stands for. */
export const keyedHash = (secret: KeyObject, ...parts: string[]): string =>
  createHmac('sha256', secret).update(parts.join('\n')).digest('base64url');
