import { NOOP } from '#shared/protocol/push.ts';
import { INSTEAD } from '../db/codes.ts';
import type { ChangeRow } from './change-rows.ts';

/** More than `{"replicaId":"…","mutations":[]}` takes. */
export const ENVELOPE_BYTES = 100;

/** A change as it is sent: its arguments are text already and are not parsed for it. */
export function mutationJson(change: ChangeRow): string {
  const { id, seq, at } = change;
  const sent = change.instead === INSTEAD.itself ? change : { name: NOOP, args: '{}', base: null };
  const base = sent.base === null ? '' : `,"base":${sent.base}`;
  return `{"id":"${id}","seq":${seq},"name":${JSON.stringify(sent.name)},"args":${sent.args}${base},"at":"${at}"}`;
}

export const pushJson = (replicaId: string, mutations: readonly string[]): string =>
  `{"replicaId":"${replicaId}","mutations":[${mutations.join(',')}]}`;
