import type { z } from 'zod';
import type { SecurityView } from '#shared/ipc/security.ts';
import { SecurityView as Schema } from '#shared/ipc/security.ts';
import { getMeta, setMeta, type Meta } from '../db/meta.ts';
import type { Connection } from '../db/connection.ts';

export type Kind = keyof SecurityView;
export type Told<K extends Kind> = NonNullable<SecurityView[K]>;
export const KINDS: readonly Kind[] = ['safety', 'sessions', 'consents'];

const NAMES = {
  safety: 'toldSafety',
  sessions: 'toldSessions',
  consents: 'toldConsents',
} as const satisfies Record<Kind, keyof Meta>;

/** Longer lists are for when the service can be asked. */
const MOST_KEPT = 300;

/** What was kept of an answer; undefined when there is none, or when another version of the app kept it in another shape. */
export function readAnswer<K extends Kind>(db: Connection, kind: K): SecurityView[K] {
  const text = getMeta(db, NAMES[kind]);
  if (text === undefined) return undefined;
  const schema: z.ZodType<SecurityView[K]> = Schema.shape[kind] as z.ZodType<SecurityView[K]>;
  const parsed = schema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

export function writeAnswer<K extends Kind>(db: Connection, kind: K, { value, at }: Told<K>): void {
  const kept = Array.isArray(value) ? value.slice(0, MOST_KEPT) : value;
  setMeta(db, NAMES[kind], JSON.stringify({ value: kept, at }));
}
