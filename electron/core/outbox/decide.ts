import type { Notice } from '#shared/domain/notice.ts';
import type { StoredCall } from '#shared/mutations/run.ts';
import { readOne } from '../db/base.ts';
import { CHANGE } from '../db/codes.ts';
import { accept } from './accept.ts';
import { changeById } from './change-rows.ts';
import type { Made } from './make.ts';
import { make } from './make.ts';
import { callOf } from './rebase.ts';
import { letGo } from './refusals.ts';
import type { OutboxTransaction } from './transaction.ts';

/** A refused change, made again on top of what stands now. Undefined when there is no such change. */
export function sendAgain(transaction: OutboxTransaction, id: string, newId: () => string): Made | undefined {
  const change = changeById(transaction.db, id);
  if (change?.state !== CHANGE.refused) return undefined;
  // Without a base: the person has seen what stands and wants theirs all the same.
  const { name, args } = callOf(change);
  const made = make(transaction, { name, args }, newId);
  if (made.made) letGo(transaction, change);
  return made;
}

/** Answers whether there was such a change. */
export function letGoOf(transaction: OutboxTransaction, id: string): boolean {
  const change = changeById(transaction.db, id);
  if (change?.state !== CHANGE.refused) return false;
  letGo(transaction, change);
  return true;
}

/** What puts the value back that a notice says has lost; undefined where nothing was lost. */
export function takingBack(notice: Notice): StoredCall | undefined {
  const { kind, basketId, line, lost } = notice;
  switch (kind) {
    case 'basket_renamed':
      return lost === undefined ? undefined : { name: 'basket.rename', args: { id: basketId, name: lost } };
    case 'basket_notes_changed':
      return { name: 'basket.setNotes', args: { id: basketId, notes: lost ?? null } };
    case 'quantity_changed': {
      if (!line || lost === undefined) return undefined;
      const { id, reference, brand, name } = line;
      const part = { reference, brand, name };
      return {
        name: 'basket.setQuantity',
        args: { basketId, lineId: id, quantity: Number(lost), part },
      };
    }
    case 'line_kept':
    case 'line_restored':
      return line && { name: 'basket.removeLine', args: { basketId, lineId: line.id } };
    case 'basket_kept':
    case 'basket_restored':
      return { name: 'basket.delete', args: { id: basketId } };
  }
}

/** Puts back what lost, and dismisses the notice. Undefined when there is no such notice, or nothing to put back. */
export function takeBack(transaction: OutboxTransaction, id: string, newId: () => string): Made | undefined {
  const notice = readOne(transaction.db, 'notice', id)?.value;
  const call = notice && takingBack(notice);
  if (!call) return undefined;
  const made = make(transaction, call, newId);
  if (made.made) accept(transaction, { name: 'notice.dismiss', args: { id } }, newId());
  return made;
}
