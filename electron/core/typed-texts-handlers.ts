import { TypedTexts } from '#shared/ipc/typed-texts.ts';
import type { EngineHandlers } from './api.ts';
import type { Connection } from './db/connection.ts';
import { getMeta, setMeta } from './db/meta.ts';
import { ok } from './result.ts';
import type { WithAccount } from './with-account.ts';

export function typedTextsHandlers({
  read,
  work,
}: WithAccount): Pick<EngineHandlers, 'typed.get' | 'typed.keep'> {
  return {
    'typed.get': () => read(({ store }) => kept(store.reader)),
    'typed.keep': (texts) =>
      work(async ({ store }) => {
        await store.write((db) => setMeta(db, 'typed', JSON.stringify({ ...kept(db), ...texts })));
        return ok(undefined);
      }),
  };
}

/** Nothing where another version of the app kept it in another shape. */
function kept(db: Connection): TypedTexts {
  const text = getMeta(db, 'typed');
  if (text === undefined) return {};
  const parsed = TypedTexts.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : {};
}
