import type { ChangeRequest, MadeChange } from '#shared/ipc/changes.ts';
import type { z } from 'zod';
import { accept } from './accept.ts';
import type { OutboxTransaction } from './transaction.ts';

export type Made = z.infer<typeof MadeChange>;

export function make(
  transaction: OutboxTransaction,
  call: z.infer<typeof ChangeRequest>,
  newId: () => string,
): Made {
  const accepted = accept(transaction, call, newId());
  if (!accepted.ok) return { made: false, refusal: accepted.refusal };
  return { made: true, id: accepted.change.id, canUndo: accepted.change.inverse !== null };
}
