import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Meta } from '../store/meta.ts';

/** How far a replica has read. `account` and `epoch` say whose feed and which life of the database it belongs to. */
const Snapshot = z.object({
  phase: z.literal('snapshot'),
  epoch: z.string(),
  account: z.int(),
  /** The account's revision when the snapshot began: what changed since is read after it. */
  start: z.int(),
  /** The place of the last entity read. */
  place: z.string(),
  /** How many entities were left to read after this page: for progress only. */
  left: z.int(),
});
const Changes = z.object({
  phase: z.literal('changes'),
  epoch: z.string(),
  account: z.int(),
  /** The last revision read. */
  since: z.int(),
});
const Cursor = z.discriminatedUnion('phase', [Snapshot, Changes]);
export type Cursor = z.infer<typeof Cursor>;

const MAC_BYTES = 16;

const macOf = (payload: string, secret: KeyObject) =>
  createHmac('sha256', secret).update('cursor\n').update(payload).digest().subarray(0, MAC_BYTES);

/** Signed, so that a replica can only continue from where this service has put it. */
export function writeCursor(cursor: Cursor, { secret }: Meta): string {
  const payload = Buffer.from(JSON.stringify(cursor)).toString('base64url');
  return `${payload}.${macOf(payload, secret).toString('base64url')}`;
}

/** Undefined for anything that this database did not write in this epoch: garbled, forged, or from before a restore. */
export function readCursor(text: string, { secret, epoch }: Meta): Cursor | undefined {
  const [payload, mac, ...more] = text.split('.');
  if (payload === undefined || mac === undefined || more.length > 0) return undefined;
  const given = Buffer.from(mac, 'base64url');
  if (given.length !== MAC_BYTES || !timingSafeEqual(given, macOf(payload, secret))) return undefined;
  const cursor = Cursor.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return cursor.epoch === epoch ? cursor : undefined;
}
