import { createSecretKey } from 'node:crypto';
import { addMonths } from '#shared/domain/calendar.ts';
import type { AppError, Result } from '#shared/ipc/errors.ts';
import { fail, ok } from '../result.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { FILE } from '../db/codes.ts';
import type { Store } from '../db/store.ts';
import type { Env } from '../env.ts';
import { expectedFailure } from '../failures.ts';
import { privateFolder } from '../files/atomic.ts';
import type { FileWork } from '../queries/invoices.ts';
import type { Reply } from '../service/reply.ts';
import type { Session } from '../service/session.ts';
import type { Fetched } from './download.ts';
import { FileNotes } from './file-notes.ts';
import { begunIn, type InvoiceFolder } from './folder.ts';
import { Gate } from './gate.ts';
import { inParallel } from './in-parallel.ts';
import { KeptFiles } from './kept-files.ts';
import {
  fileCounts,
  fileRecord,
  forgetFailures,
  invoiceNumber,
  wantedFiles,
  type FileNote,
} from './records.ts';
import type { Found } from './verify.ts';

const AT_ONCE = 4;
/** One fewer, so that an invoice that someone opens never waits behind those that nobody looks at. */
const IN_BACKGROUND = AT_ONCE - 1;
const BATCH = 100;

export interface KeptFile {
  number: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface InvoiceFilesPorts {
  store: Store;
  session: Session;
  folder: string;
  /** What files are sealed with, 32 bytes; without one they are kept in clear. */
  key: Uint8Array | undefined;
  env: Env;
  keepMonths: () => number;
  onChange: () => void;
  /** What the background work met and nobody waits for. */
  onProblem: (error: unknown) => void;
}

/** The PDFs of invoices: fetched, verified, kept, checked again whenever they are opened. */
export class InvoiceFiles implements FileWork {
  readonly #ports: InvoiceFilesPorts;
  readonly #folder: InvoiceFolder;
  readonly #keptFiles: KeptFiles;
  readonly #notes: FileNotes;
  readonly #gate = new Gate(AT_ONCE);
  /** Fetches that were asked for, and which of them are under way. */
  readonly #asked = new Map<string, Promise<Result<undefined>>>();
  readonly #moving = new Set<string>();
  /** Of which an attempt may have left a beginning. To ask the disk for each takes a good part of the time of fetching it. */
  readonly #begun: Set<string>;
  readonly #ended = new AbortController();
  #version = 0;
  #background: Promise<void> | undefined;
  #sealing: Promise<void> | undefined;
  #failuresForgotten = false;

  constructor(ports: InvoiceFilesPorts) {
    this.#ports = ports;
    this.#folder = { path: privateFolder(ports.folder), key: ports.key && createSecretKey(ports.key) };
    this.#begun = new Set(begunIn(this.#folder));
    this.#notes = new FileNotes(ports.store, ports.env.clock);
    this.#keptFiles = new KeptFiles(this.#folder, (id) => this.#hashOf(id), ports.env.beforeWrite);
  }

  downloading = (id: string): boolean => this.#moving.has(id);
  ids = (): readonly string[] => [...this.#moving];
  version = (): number => this.#version;

  counts(): SyncStatus['files'] {
    return fileCounts(this.#ports.store.reader, this.#since());
  }

  /** Starts fetching everything that is to be kept here, newest first, unless that is under way already. */
  fetchWanted(): void {
    if (this.#ended.signal.aborted || this.#background) return;
    this.#background = this.#fetchAll()
      .catch((error: unknown) => this.#ports.onProblem(error))
      .finally(() => {
        this.#background = undefined;
        this.#changed();
      });
  }

  /** Seals, in the background, what a version that did not seal has left in clear. What cannot be sealed now is tried again at the next start. */
  sealFormer(): void {
    if (!this.#keptFiles.hasFormer()) return;
    this.#sealing ??= this.#sealAllFormer().catch((error: unknown) => this.#ports.onProblem(error));
  }

  /** Waits for what is under way in the background; for tests and benches. */
  async idle(): Promise<void> {
    await this.#sealing;
    await this.#background;
  }

  /** The verified file, from this computer or else from the service. */
  async get(id: string): Promise<Result<KeptFile>> {
    const number = invoiceNumber(this.#ports.store.reader, id);
    if (number === undefined) return fail('not_found');
    const kept = await this.#kept(id);
    if (kept.state === 'right') return ok({ number, bytes: kept.bytes });
    const fetched = await this.#fetch(id);
    if (fetched.ok) {
      const fresh = await this.#kept(id);
      return fresh.state === 'right'
        ? ok({ number, bytes: fresh.bytes })
        : fail('invoice_damaged', { detail: `${fresh.state} right after it was stored` });
    }
    return kept.state === 'altered' ? fail('invoice_damaged', { detail: fetched.error.kind }) : fetched;
  }

  /** The verified file if it is on this computer; asks nobody for it. */
  async here(id: string): Promise<KeptFile | undefined> {
    const number = invoiceNumber(this.#ports.store.reader, id);
    if (number === undefined) return undefined;
    const kept = await this.#kept(id);
    return kept.state === 'right' ? { number, bytes: kept.bytes } : undefined;
  }

  /** The file on this computer, checked. One that was altered is set aside. */
  async #kept(id: string): Promise<Found> {
    const record = fileRecord(this.#ports.store.reader, id);
    if (record?.state === FILE.damaged) return { state: 'altered' };
    if (record?.state !== FILE.here || record.sha256 === null) return { state: 'missing' };
    const found = await this.#keptFiles.read(id, record.sha256);
    if (found.state !== 'right')
      await this.#note({ id, state: found.state === 'altered' ? FILE.damaged : FILE.toDownload });
    return found;
  }

  /** Fetches those that are not here. */
  async download(ids: readonly string[]): Promise<{ here: number; failed: number }> {
    const done = await Promise.all(ids.map((id) => this.#present(id)));
    const here = done.filter(Boolean).length;
    return { here, failed: ids.length - here };
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#sealing;
    await this.#background;
    await Promise.allSettled(this.#asked.values());
  }

  async #present(id: string): Promise<boolean> {
    const { reader } = this.#ports.store;
    if (invoiceNumber(reader, id) === undefined) return false;
    if (fileRecord(reader, id)?.state === FILE.here) return true;
    return (await this.#fetch(id)).ok;
  }

  async #sealAllFormer(): Promise<void> {
    for (const id of await this.#keptFiles.formerIds()) {
      if (this.#ended.signal.aborted) return;
      try {
        // A file that is known is read as when someone opens it: one that was altered is noted as such.
        if (this.#hashOf(id) === undefined) await this.#keptFiles.sealFormer(id);
        else await this.#kept(id);
      } catch (error) {
        // The others are sealed all the same.
        this.#ports.onProblem(error);
      }
    }
  }

  async #fetchAll(): Promise<void> {
    const { store } = this.#ports;
    if (!this.#failuresForgotten) {
      await store.write((db) => forgetFailures(db));
      this.#failuresForgotten = true;
    }
    for (;;) {
      const since = this.#since();
      if (since === undefined || this.#ended.signal.aborted) return;
      const ids = wantedFiles(store.reader, since, BATCH);
      if (ids.length === 0) return;
      // Those that failed for a reason of their own are marked and not asked for again; any other reason stops us for now.
      let stopped = false;
      await inParallel(ids, IN_BACKGROUND, async (id) => {
        if (stopped || this.#ended.signal.aborted) return;
        const result = await this.#fetch(id);
        stopped ||= !result.ok && !isOwnFault(result.error);
      });
      if (stopped) return;
    }
  }

  /** One fetch per invoice, whoever asks; at most a few at once. */
  #fetch(id: string): Promise<Result<undefined>> {
    const asked = this.#asked.get(id);
    if (asked) return asked;
    const work = this.#fetchAndNote(id).finally(() => {
      this.#asked.delete(id);
      this.#moving.delete(id);
      this.#flushIfLast();
      this.#changed();
    });
    this.#asked.set(id, work);
    return work;
  }

  async #fetchAndNote(id: string): Promise<Result<undefined>> {
    try {
      const reply = await this.#gate.run(() => {
        this.#moving.add(id);
        this.#changed();
        return this.#fetchNow(id);
      });
      if (reply.ok) await this.#note({ id, state: FILE.here, file: reply.value });
      else if (isOwnFault(reply.error)) await this.#note({ id, state: FILE.failed });
      return reply.ok ? ok(undefined) : { ok: false, error: reply.error };
    } catch (error) {
      const expected = expectedFailure(error);
      if (!expected) throw error;
      return { ok: false, error: expected };
    }
  }

  async #fetchNow(id: string): Promise<Reply<Fetched>> {
    const { session } = this.#ports;
    await this.#keptFiles.sealFormer(id);
    const { downloadPdf } = await import('./download.ts');
    const begun = this.#begun.has(id);
    this.#begun.add(id);
    const reply = await downloadPdf({ session, folder: this.#folder, id, begun, signal: this.#ended.signal });
    if (reply.ok) this.#begun.delete(id);
    return reply;
  }

  /** With others that are fetched at the same time, if any are. */
  #note(note: FileNote): Promise<void> {
    const noted = this.#notes.add(note);
    this.#flushIfLast();
    return noted;
  }

  #flushIfLast(): void {
    if (this.#gate.idle) this.#notes.flush();
  }

  #changed(): void {
    this.#version += 1;
    this.#ports.onChange();
  }

  /** The day from which on files are kept here; undefined when none is. */
  #since(): string | undefined {
    const months = this.#ports.keepMonths();
    if (months <= 0) return undefined;
    return addMonths(new Date(this.#ports.env.clock.now()).toISOString().slice(0, 10), -months);
  }

  #hashOf(id: string): string | undefined {
    const record = fileRecord(this.#ports.store.reader, id);
    return record?.state === FILE.here ? (record.sha256 ?? undefined) : undefined;
  }
}

/** Whether the file itself is at fault, and not the way to it. */
export function isOwnFault(error: AppError): boolean {
  return error.kind === 'not_found' || error.kind === 'invoice_damaged' || error.kind === 'bad_answer';
}
