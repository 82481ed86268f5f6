import type { EngineHandlers } from './api.ts';
import { fail, ok } from './result.ts';
import type { WithAccount } from './with-account.ts';

type ChangeCall =
  | 'changes.make'
  | 'changes.undo'
  | 'changes.list'
  | 'changes.sendAgain'
  | 'changes.letGo'
  | 'notices.takeBack'
  | 'sync.log';

export function changeHandlers({ work }: WithAccount): Pick<EngineHandlers, ChangeCall> {
  return {
    'changes.make': (call) => work(async ({ outbox }) => ok(await outbox.make(call))),
    'changes.undo': ({ id }) =>
      work(async ({ outbox }) => {
        const { undo } = await import('./outbox/undo.ts');
        const undone = await outbox.decide((transaction, newId) => undo(transaction, id, newId));
        return undone ? ok(undone) : fail('not_found');
      }),
    'changes.list': () =>
      work(async ({ store, record }) => {
        const { changeList } = await import('./outbox/list.ts');
        return ok(changeList(store.reader, record.id));
      }),
    'changes.sendAgain': ({ id }) =>
      work(async ({ outbox }) => {
        const { sendAgain } = await import('./outbox/decide.ts');
        const made = await outbox.decide((transaction, newId) => sendAgain(transaction, id, newId));
        return made ? ok(made) : fail('not_found');
      }),
    'changes.letGo': ({ id }) =>
      work(async ({ outbox }) => {
        const { letGoOf } = await import('./outbox/decide.ts');
        return (await outbox.decide((transaction) => letGoOf(transaction, id)))
          ? ok(undefined)
          : fail('not_found');
      }),
    'notices.takeBack': ({ id }) =>
      work(async ({ outbox }) => {
        const { takeBack } = await import('./outbox/decide.ts');
        const made = await outbox.decide((transaction, newId) => takeBack(transaction, id, newId));
        return made ? ok(made) : fail('not_found');
      }),
    'sync.log': () =>
      work(async ({ store }) => {
        const { readLog } = await import('./sync/log.ts');
        return ok(readLog(store.reader));
      }),
  };
}
