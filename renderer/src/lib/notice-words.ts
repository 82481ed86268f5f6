import type { Notice } from '#shared/domain/notice.ts';
import { m } from '#shared/i18n/generated/messages.js';

type Entry = { title: (notice: Notice) => string; meaning: () => string; takeBack: () => string };

const inBasket =
  (message: (inputs: { name: string }) => string) =>
  ({ basketName: name }: Notice) =>
    message({ name });
const onLine =
  (message: (inputs: { name: string; part: string }) => string) =>
  ({ basketName: name, line }: Notice) =>
    message({ name, part: line?.name ?? '' });

/** What became of a change that met another one: a kind without words does not compile. */
const table: Record<Notice['kind'], Entry> = {
  basket_renamed: {
    title: inBasket(m.changes_notice_basket_renamed),
    meaning: m.changes_notice_both_meaning,
    takeBack: m.changes_notice_take_back_value,
  },
  basket_notes_changed: {
    title: inBasket(m.changes_notice_basket_notes_changed),
    meaning: m.changes_notice_both_meaning,
    takeBack: m.changes_notice_take_back_value,
  },
  quantity_changed: {
    title: onLine(m.changes_notice_quantity_changed),
    meaning: m.changes_notice_both_meaning,
    takeBack: m.changes_notice_take_back_value,
  },
  line_kept: {
    title: onLine(m.changes_notice_line_kept),
    meaning: m.changes_notice_line_kept_meaning,
    takeBack: m.changes_notice_take_back_remove,
  },
  line_restored: {
    title: onLine(m.changes_notice_line_restored),
    meaning: m.changes_notice_line_restored_meaning,
    takeBack: m.changes_notice_take_back_remove,
  },
  basket_kept: {
    title: inBasket(m.changes_notice_basket_kept),
    meaning: m.changes_notice_basket_kept_meaning,
    takeBack: m.changes_notice_take_back_delete,
  },
  basket_restored: {
    title: inBasket(m.changes_notice_basket_restored),
    meaning: m.changes_notice_basket_restored_meaning,
    takeBack: m.changes_notice_take_back_delete,
  },
};

export type NoticeWords = { title: string; meaning: string; takeBack: string };

export function noticeWords(notice: Notice): NoticeWords {
  const { title, meaning, takeBack } = table[notice.kind];
  return { title: title(notice), meaning: meaning(), takeBack: takeBack() };
}
