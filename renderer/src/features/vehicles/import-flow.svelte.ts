import type { Output } from '#shared/ipc/contract.ts';
import type { AppError } from '#shared/ipc/errors.ts';
import type { ImportPreview, ImportRow } from '#shared/ipc/vehicles.ts';
import { call, on } from '#lib/api.ts';
import { ListView } from '#lib/list-view.svelte.ts';
import { newId } from '#lib/new-id.ts';

export type Verdict = ImportRow['verdict'];
export type ImportResult = Output<'vehicles.importApply'>;
/** Rows have no id of their own: the line of the file is theirs. */
export type ListedRow = ImportRow & { id: string };
export type RowFilter = { verdict?: Verdict };

type State = 'closed' | 'choosing' | 'unreadable' | 'preview' | 'applying' | 'done' | 'failed';

/** Importing a file of vehicles, from the choice of the file to its result. It goes on while another screen is shown. */
export class ImportFlow {
  state = $state<State>('closed');
  preview = $state.raw<ImportPreview>();
  error = $state.raw<AppError>();
  result = $state.raw<ImportResult>();
  progress = $state.raw<{ done: number; total: number }>();
  verdict = $state<Verdict>();
  cancelling = $state(false);
  readonly rows: ListView<ListedRow, RowFilter, { count: number }>;
  /** The file that is looked at, or why it cannot be, takes the place of the list. */
  readonly shown = $derived(
    this.state !== 'closed' && (this.state !== 'choosing' || this.preview !== undefined),
  );
  /** Rows that applying would write. */
  readonly toWrite = $derived(this.preview ? this.preview.counts.add + this.preview.counts.change : 0);

  #jobId: string | undefined;

  constructor() {
    this.rows = new ListView<ListedRow, RowFilter, { count: number }>(
      {
        summary: ({ verdict }) => Promise.resolve({ ok: true, value: { count: this.countOf(verdict) } }),
        page: async ({ verdict }, offset, limit) => {
          const importId = this.preview?.importId;
          if (importId === undefined) return { ok: true, value: [] };
          const page = await call('vehicles.importRows', {
            importId,
            ...(verdict === undefined ? {} : { verdict }),
            offset,
            limit,
          });
          return page.ok
            ? { ok: true, value: page.value.map((row) => ({ ...row, id: String(row.line) })) }
            : page;
        },
        // What was read is found without asking; what was not read was never the active row.
        position: () => Promise.resolve({ ok: true, value: undefined }),
      },
      {},
    );
  }

  countOf(verdict: Verdict | undefined): number {
    const counts = this.preview?.counts;
    if (!counts) return 0;
    return verdict === undefined
      ? counts.add + counts.change + counts.same + counts.invalid
      : counts[verdict];
  }

  /** Asks for a file and reads it. Nothing is changed by that. */
  async choose(): Promise<void> {
    if (this.state === 'choosing' || this.state === 'applying') return;
    const before = this.state;
    this.state = 'choosing';
    this.error = undefined;
    const answer = await call('vehicles.importPreview');
    if (!answer.ok) {
      this.preview = undefined;
      this.error = answer.error;
      this.state = 'unreadable';
    } else if (!answer.value.opened) {
      this.state = before;
    } else {
      this.preview = answer.value.preview;
      this.result = undefined;
      this.state = 'preview';
      await this.show(undefined);
    }
  }

  /** Shows the rows of one verdict, or all. */
  async show(verdict: Verdict | undefined): Promise<void> {
    this.verdict = verdict;
    this.rows.selection.clear();
    this.rows.activeIndex = undefined;
    this.rows.scrollTop = 0;
    await this.rows.model.open(verdict === undefined ? {} : { verdict });
    if (this.countOf(verdict) > 0) await this.rows.move(0, { extend: false, toggle: false });
  }

  async apply(): Promise<void> {
    const importId = this.preview?.importId;
    if (importId === undefined || this.state !== 'preview') return;
    const jobId = newId();
    this.#jobId = jobId;
    this.progress = { done: 0, total: this.toWrite };
    this.cancelling = false;
    this.state = 'applying';
    const stop = on('job', (job) => {
      if (job.jobId === jobId) this.progress = { done: job.done, total: job.total };
    });
    const result = await call('vehicles.importApply', { importId, jobId });
    stop();
    this.#jobId = undefined;
    if (result.ok) {
      this.result = result.value;
      this.state = 'done';
    } else {
      this.error = result.error;
      this.state = 'failed';
    }
  }

  cancel(): void {
    if (this.#jobId === undefined) return;
    this.cancelling = true;
    void call('jobs.cancel', { jobId: this.#jobId });
  }

  /** Puts the file away. What is under way goes on: only its button stops it. */
  close(): void {
    if (this.state === 'applying' || this.state === 'choosing') return;
    this.state = 'closed';
    this.preview = undefined;
    this.error = undefined;
    this.result = undefined;
    this.progress = undefined;
  }
}
