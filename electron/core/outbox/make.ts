import type { MadeChange } from '#shared/ipc/changes.ts';
import type { z } from 'zod';
import { accept } from './accept.ts';
import type { ChangeCall } from './outbox.ts';
import type { OutboxTransaction } from './transaction.ts';

export type Made = z.infer<typeof MadeChange>;

export function make(transaction: OutboxTransaction, call: ChangeCall, newId: () => string): Made {
  const accepted = accept(transaction, call, newId());
  if (!accepted.ok) return { made: false, refusal: accepted.refusal };
  return { made: true, id: accepted.change.id, canUndo: accepted.change.inverse !== null };
}
