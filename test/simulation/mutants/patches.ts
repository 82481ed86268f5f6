import type { Mutant } from './mutants.ts';

/** Each is small, compiles, and leaves calm days as they were: only something that goes wrong at the wrong moment shows it. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'lastSeq in the middle',
    breaks:
      'the service says how far it is with every page, not with the last one only: changes leave the outbox before the base contains them',
    file: 'service/sync/pull.ts',
    find: 'const last = hasMore ? undefined :',
    replace: 'const last = hasMore && false ? undefined :',
  },
  {
    name: 'attempted unmarked',
    breaks: 'a change leaves without being noted as attempted, so that it can still be withdrawn',
    file: 'electron/core/outbox/batches.ts',
    find: 'if (taken.some(({ state }) => state === CHANGE.waiting)) {',
    replace: 'if (taken.length > 99) {',
  },
  {
    name: 'tried taken for never left',
    breaks: 'a push whose answer was lost counts as not sent: what the service may have is withdrawn here',
    file: 'electron/core/sync/push.ts',
    find: 'if (reply.neverLeft === true && ',
    replace: 'if (',
  },
  {
    name: 'no rebase',
    breaks: 'a page overwrites on screen what waits to be sent',
    file: 'electron/core/outbox/settle.ts',
    find: 'await rebase(transaction, touched);',
    replace: 'await rebase(transaction, []);',
  },
  {
    name: 'lastId ignored',
    breaks: "a clone takes its twin's changes for its own and drops its own",
    file: 'electron/core/outbox/settle.ts',
    find: 'const ours = lastSeq === 0 || last?.id === id;',
    replace: 'const ours = lastSeq >= 0 || last?.id === id;',
  },
  {
    name: 'dedupe by seq only',
    breaks: 'the service applies a change again when a forked replica sends it under another number',
    file: 'service/sync/push.ts',
    find: 'if (known) return known;',
    replace: 'if (known && mutation.seq < 0) return known;',
  },
  {
    name: 'fork unnoticed',
    breaks: 'the service takes another change under a known number for the one it has',
    file: 'service/sync/push.ts',
    find: 'if (taken.id === id) {',
    replace: 'if (taken.id === id || seq > 0) {',
  },
  {
    name: 'journal ignored',
    breaks: 'what only the journal has is not brought back when the database is rebuilt',
    file: 'electron/core/outbox/reconcile.ts',
    find: 'const journal = new JournalState().read(content?.lines ?? []);',
    replace: 'const journal = new JournalState().read((content?.lines ?? []).slice(0, 1));',
  },
  {
    name: 'journal not truncated',
    breaks: 'a change that could not be kept comes back at the next start',
    file: 'electron/core/outbox/transaction.ts',
    find: 'transaction.ifUndone(file.here());',
    replace: 'transaction.ifUndone(() => undefined);',
  },
  {
    name: 'acknowledged before kept',
    breaks: 'a refusal is acknowledged and not stored: its author never learns of it',
    file: 'electron/core/outbox/settle.ts',
    find: 'if (change && change.state !== CHANGE.letGo && change.state !== CHANGE.refused) {',
    replace: 'if (change && change.seq === -1) {',
  },
  {
    name: 'replays conflict',
    breaks: 'a change that waits vanishes from the screen when somebody else has changed the same field',
    file: 'shared/mutations/field.ts',
    find: "if (mode === 'replay' || base === undefined",
    replace: 'if (base === undefined',
  },
  {
    name: 'restored service not served again',
    breaks: 'changes that a service lost with its restore are never sent again',
    file: 'electron/core/outbox/settle.ts',
    find: 'if (lastSeq <= confirmedSeq && ours && kept',
    replace: 'if (lastSeq >= 0) return [];\n  if (lastSeq <= confirmedSeq && ours && kept',
  },
  {
    name: 'older revisions accepted',
    breaks: 'a page out of order takes an entity back to an older value',
    file: 'electron/core/db/entities.ts',
    find: 'if (!old || (!force && old.rev >= entity.rev)) return;',
    replace: 'if (!old) return;',
  },
  {
    name: 'answers to other questions taken',
    breaks: 'a page that answers another cursor is applied',
    file: 'electron/core/sync/page.ts',
    find: 'if (after !== (asked.cursor ?? null) || ask !== asked.ask)',
    replace: 'if (after === ask)',
  },
  {
    name: 'answers of the past taken',
    breaks:
      'a page that answered the same question before is applied: what is shown goes back, and changes count as lost',
    file: 'electron/core/sync/page.ts',
    find: '|| ask !== asked.ask)',
    replace: ')',
  },
  {
    name: 'page in two steps',
    breaks: 'the cursor is stored before the rows of the page: a crash between the two loses them',
    file: 'electron/core/sync/applier.ts',
    find: "setMeta(db, 'cursor', page.cursor);\n      setMeta(db, 'epoch', page.epoch);",
    replace:
      "setMeta(db, 'epoch', page.epoch);\n      setMeta(db, 'cursor', page.cursor);\n      db.exec('COMMIT');\n      db.exec('BEGIN IMMEDIATE');",
  },
  {
    name: 'noop forgets its change',
    breaks: 'a change that was taken back before it left is sent all the same',
    file: 'electron/core/outbox/envelope.ts',
    find: 'change.instead === INSTEAD.itself',
    replace: 'change.instead >= INSTEAD.itself',
  },
  {
    name: 'refusals forgotten by the service',
    breaks: 'the service tells a refusal once, in the answer to the push, and never again',
    file: 'service/sync/pull.ts',
    find: 'rejections: rejections.slice(0, MAX_PULL_LIMIT),',
    replace: 'rejections: rejections.slice(0, 0),',
  },
  {
    name: 'device secret unused',
    breaks:
      'once the keyring has lost its part, signing in sets the folder aside with the changes that wait in it',
    file: 'electron/core/keys/account-keys.ts',
    find: 'this.#hold(id, this.#openedByService(id, byService)) ??',
    replace: '',
  },
  {
    name: 'keys made anew',
    breaks: 'each sign-in gives an account another key, and sets aside what was kept with the former one',
    file: 'electron/core/keys/account-keys.ts',
    find: 'this.of(id) ??\n      this.#hold(id, this.#openedByService(id, byService)) ??\n      (await this.byPassword(id, password)) ??',
    replace: '',
  },
];
