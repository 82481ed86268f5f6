/**
 * Which rows of a long list are chosen. Rows are known by id, so the choice survives rows that come and go; `active` is
 * the row that the keyboard is on and that the detail shows.
 */
export class ListSelection {
  active = $state<string>();
  ids = $state.raw<ReadonlySet<string>>(new Set());
  /** The row where a Shift range starts. */
  anchor = $state<string>();

  only(id: string): void {
    this.active = id;
    this.ids = new Set([id]);
    this.anchor = id;
  }

  toggle(id: string): void {
    const next = new Set(this.ids);
    if (!next.delete(id)) next.add(id);
    this.ids = next;
    this.active = id;
    this.anchor = id;
  }

  range(ids: readonly string[], active: string): void {
    this.ids = new Set(ids);
    this.active = active;
  }

  clear(): void {
    this.active = undefined;
    this.ids = new Set();
    this.anchor = undefined;
  }
}
