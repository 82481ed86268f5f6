import Copy from '@lucide/svelte/icons/copy';
import CopyPlus from '@lucide/svelte/icons/copy-plus';
import LayoutTemplate from '@lucide/svelte/icons/layout-template';
import Merge from '@lucide/svelte/icons/merge';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import ShoppingBasket from '@lucide/svelte/icons/shopping-basket';
import Trash from '@lucide/svelte/icons/trash-2';
import { m } from '#shared/i18n/generated/messages.js';
import type { BasketRow } from '#shared/ipc/baskets.ts';
import type { VehicleTag } from '#shared/ipc/vehicles.ts';
import type { MenuItem } from '#lib/menu-item.ts';
import {
  basketFrom,
  deleteBaskets,
  duplicateBasket,
  mergeBaskets,
  restoreBaskets,
  setTemplate,
} from './basket-changes.ts';
import { sectionOf } from './basket-filter.ts';
import type { BasketsView } from './baskets-view.svelte.ts';

/** What can be done to whole baskets, from the list, its menu and the editor alike. */
export class BasketActions {
  /** The question that is open: into which basket, for which vehicle. */
  question = $state.raw<{ kind: 'merge' | 'use'; row: BasketRow }>();
  #view: BasketsView;

  constructor(view: BasketsView) {
    this.#view = view;
  }

  /** The rows that are chosen in the list, as far as they were read. */
  chosen(): BasketRow[] {
    const { model, selection } = this.#view.list;
    const rows = [...selection.ids].map((id) => {
      const index = model.indexOf(id);
      return index === undefined ? undefined : model.row(index);
    });
    return rows.filter((row) => row !== undefined);
  }

  rename(row: BasketRow): void {
    this.#view.list.selection.only(row.id);
    this.#view.list.detailOpen = true;
    this.#view.wanted = 'name';
  }

  async duplicate(row: BasketRow): Promise<void> {
    const id = await duplicateBasket(row);
    if (id !== undefined) await this.#view.open(id, 'name');
  }

  async mergeInto(into: BasketRow): Promise<void> {
    const from = this.question?.row;
    this.question = undefined;
    if (!from) return;
    const outcome = await mergeBaskets(from, into);
    if (outcome.made) await this.#view.open(into.id);
  }

  async useFor(vehicle: VehicleTag | undefined): Promise<void> {
    const template = this.question?.row;
    this.question = undefined;
    if (!template) return;
    const id = await basketFrom(template, vehicle);
    if (id !== undefined) await this.#view.open(id, 'add');
  }

  async toggleTemplate(row: BasketRow): Promise<void> {
    const outcome = await setTemplate(row, !row.isTemplate);
    if (outcome.made) await this.#view.open(row.id);
  }

  async remove(rows: readonly BasketRow[]): Promise<void> {
    const at = this.#view.list.activeIndex ?? 0;
    if ((await deleteBaskets(rows)) > 0) await this.#view.afterRemoval(at);
  }

  async restore(rows: readonly BasketRow[]): Promise<void> {
    const [first] = rows;
    if ((await restoreBaskets(rows)) > 0 && first) await this.#view.open(first.id);
  }

  items(rows: readonly BasketRow[]): MenuItem[] {
    const [row] = rows;
    if (!row) return [];
    const section = sectionOf(row);
    const several = rows.length > 1;
    if (section === 'bin') {
      const label = several ? m.baskets_restore_several({ count: rows.length }) : m.baskets_restore();
      return [{ label, icon: RotateCcw, run: () => void this.restore(rows) }];
    }
    const remove = {
      label: several ? m.baskets_delete_several({ count: rows.length }) : m.baskets_delete(),
      icon: Trash,
      run: () => void this.remove(rows),
    };
    return several ? [remove] : [...this.#itemsOfOne(row, section), remove];
  }

  #itemsOfOne(row: BasketRow, section: 'baskets' | 'templates'): MenuItem[] {
    const rename = {
      label: m.baskets_rename(),
      icon: PencilLine,
      run: () => {
        this.rename(row);
      },
    };
    const duplicate = { label: m.baskets_duplicate(), icon: Copy, run: () => void this.duplicate(row) };
    const toggle = (label: string, icon: typeof Copy) => ({
      label,
      icon,
      run: () => void this.toggleTemplate(row),
    });
    const ask = (kind: 'merge' | 'use', label: string, icon: typeof Copy) => ({
      label,
      icon,
      run: () => {
        this.question = { kind, row };
      },
    });
    return section === 'templates'
      ? [
          ask('use', m.baskets_use_template(), CopyPlus),
          rename,
          duplicate,
          toggle(m.baskets_make_basket(), ShoppingBasket),
        ]
      : [
          rename,
          duplicate,
          ask('merge', m.baskets_merge(), Merge),
          toggle(m.baskets_make_template(), LayoutTemplate),
        ];
  }
}
