import type { VehicleFilter, VehicleRow } from '#shared/ipc/vehicles.ts';
import { call, on } from '#lib/api.ts';
import { ListView } from '#lib/list-view.svelte.ts';
import { outliving } from '#lib/outliving.svelte.ts';
import { recall, remember } from '#lib/remembered.ts';
import { keepTyped, typedText } from '#lib/typed-texts.ts';
import { Draft } from './draft.svelte.ts';
import { ImportFlow } from './import-flow.svelte.ts';

type Kept = { retired: boolean; scrollTop: number; active?: string };

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const kept = value as Record<string, unknown>;
  return (
    typeof kept['retired'] === 'boolean' &&
    typeof kept['scrollTop'] === 'number' &&
    (kept['active'] === undefined || typeof kept['active'] === 'string')
  );
}

/** How a person left the vehicles screen, and an import that goes on behind other screens. */
export class VehiclesView {
  text = $state('');
  retired = $state(false);
  readonly importing = new ImportFlow();
  /** A vehicle that someone began to add. */
  draft = $state.raw<Draft>();
  readonly list: ListView<VehicleRow, VehicleFilter, { count: number }>;

  readonly filter: VehicleFilter = $derived({
    ...(this.text.trim() === '' ? {} : { text: this.text.trim() }),
    ...(this.retired ? { retired: true } : {}),
  });
  readonly filterKey = $derived(JSON.stringify(this.filter));

  #accountId: string;

  constructor(accountId: string) {
    this.#accountId = accountId;
    this.list = new ListView<VehicleRow, VehicleFilter, { count: number }>(
      {
        summary: async (filter) => {
          const count = await call('vehicles.count', filter);
          return count.ok ? { ok: true, value: { count: count.value } } : count;
        },
        page: (filter, offset, limit) => call('vehicles.page', { filter, offset, limit }),
        position: (filter, id) => call('vehicles.position', { filter, id }),
      },
      {},
    );
    this.text = typedText('vehicles') ?? '';
    const kept = recall(accountId, 'vehicles', isKept);
    if (!kept) return;
    this.retired = kept.retired;
    this.list.scrollTop = kept.scrollTop;
    this.list.selection.active = kept.active;
  }

  keep(): void {
    const active = this.list.selection.active;
    const kept: Kept = {
      retired: this.retired,
      scrollTop: this.list.scrollTop,
      ...(active === undefined ? {} : { active }),
    };
    remember(this.#accountId, 'vehicles', kept);
    keepTyped('vehicles', this.text);
  }

  /** Shows one vehicle. What would hide it is taken off: the text, and the side of the list that it is not on. */
  async aim(id: string): Promise<void> {
    if (!(await this.#shows(id))) this.text = '';
    if (!(await this.#shows(id))) {
      this.retired = !this.retired;
      if (!(await this.#shows(id))) this.retired = !this.retired;
    }
    this.list.aim(id);
    await this.list.show(this.filter);
  }

  async #shows(id: string): Promise<boolean> {
    const at = await call('vehicles.position', { filter: this.filter, id });
    return at.ok && at.value !== undefined;
  }

  /** Goes on with a vehicle that someone began to add, or begins one. */
  begin(): void {
    this.draft ??= new Draft();
  }

  back(): void {
    if (this.importing.state !== 'closed') this.importing.close();
    else this.list.detailOpen = false;
  }
}

let current: { accountId: string; view: VehiclesView } | undefined;

on('session', (session) => {
  if (session.state === 'signed_out') current = undefined;
});

/** The view of an account. It outlives the screen, not the session. */
export function vehiclesViewOf(accountId: string): VehiclesView {
  if (current?.accountId !== accountId)
    current = { accountId, view: outliving(() => new VehiclesView(accountId)) };
  return current.view;
}
