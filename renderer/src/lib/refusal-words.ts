import { m } from '#shared/i18n/generated/messages.js';
import type { ChangeRefusal } from '#shared/ipc/changes.ts';

export type RefusalKind = ChangeRefusal['kind'];

/** Why a change was not made, and what that means: a kind without words does not compile. */
const table: Record<RefusalKind, { title: () => string; meaning: () => string }> = {
  conflict: { title: m.changes_refusal_conflict, meaning: m.changes_refusal_conflict_meaning },
  not_found: { title: m.changes_refusal_not_found, meaning: m.changes_refusal_not_found_meaning },
  duplicate: { title: m.changes_refusal_duplicate, meaning: m.changes_refusal_duplicate_meaning },
  invalid: { title: m.changes_refusal_invalid, meaning: m.changes_refusal_invalid_meaning },
  too_many: { title: m.changes_refusal_too_many, meaning: m.changes_refusal_too_many_meaning },
  unknown_mutation: { title: m.changes_refusal_unknown, meaning: m.changes_refusal_unknown_meaning },
  too_large: { title: m.changes_refusal_too_large, meaning: m.changes_refusal_too_large_meaning },
  outbox_full: { title: m.changes_refusal_outbox_full, meaning: m.changes_refusal_outbox_full_meaning },
  internal: { title: m.changes_refusal_internal, meaning: m.changes_refusal_internal_meaning },
  later_changes: { title: m.changes_refusal_later, meaning: m.changes_refusal_later_meaning },
  already_sent: { title: m.changes_refusal_sent, meaning: m.changes_refusal_sent_meaning },
};

export type RefusalWords = { title: string; meaning: string };

/** A kind that a newer service may have made up has the words of no kind in particular. */
export function refusalWords({ kind }: { kind: string }): RefusalWords {
  const words = Object.hasOwn(table, kind) ? table[kind as RefusalKind] : undefined;
  return words
    ? { title: words.title(), meaning: words.meaning() }
    : { title: m.changes_refusal_other(), meaning: m.changes_refusal_other_meaning() };
}
