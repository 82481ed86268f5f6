import type { Result } from '#shared/ipc/errors.ts';
import { AccountData } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import * as m from '#shared/i18n/generated/messages.js';
import { replaceFile } from '../../files/replace.ts';
import type { JobControl } from '../../jobs.ts';
import { fail, ok } from '../../result.ts';
import { csvText } from '../write-csv.ts';
import { text } from '../csv.ts';
import { uniqueNames } from '../names.ts';
import { Stopped, unlessStopped } from '../stopped.ts';
import { inPages, PAGE } from '../table.ts';
import { writeZip, type AddFile } from '../write-zip.ts';
import { jsonValue } from './json.ts';
import { partsHere, type Part } from './parts.ts';
import { pdfs, type WhyMissing } from './pdfs.ts';
import { readme, type Written } from './readme.ts';
import type { DataSource } from './source.ts';

/** Ten thousand sessions, choices and mails fit. */
const MAX_ACCOUNT_BYTES = 16 * 1024 * 1024;

export interface AllDataWritten {
  /** Files in the archive. */
  count: number;
  /** Invoices whose PDF could not be had. */
  missingInvoices: number;
  /** The service could not be asked for what only it keeps. */
  missingAccount: boolean;
}

/** Writes everything that there is about an account into one archive (RGPD art. 15 and 20). Failures of the disk are thrown. */
export function exportAllData(
  source: DataSource,
  path: string,
  job: JobControl,
): Promise<Result<AllDataWritten>> {
  return unlessStopped(() =>
    replaceFile(path, async (temporary) => {
      let count = 0;
      let written: Written | undefined;
      await writeZip(temporary, async (add) => {
        written = await new Archive(source, job, async (name, pieces, options) => {
          await add(name, pieces, options);
          count += 1;
        }).fill();
      });
      if (!written) throw new Error('an archive that was written has a content');
      return ok({ count, missingInvoices: written.invoices.missing, missingAccount: !written.account });
    }),
  );
}

/** One archive while it is written. */
class Archive {
  readonly #source: DataSource;
  readonly #job: JobControl;
  readonly #add: AddFile;
  #done = 0;
  #total = 0;

  constructor(source: DataSource, job: JobControl, add: AddFile) {
    this.#source = source;
    this.#job = job;
    this.#add = add;
  }

  async fill(): Promise<Written> {
    const source = this.#source;
    const locale = { locale: source.language };
    const here = partsHere(source);
    const invoices = [...this.#invoices()];
    // The account, the list of what is missing, and the readme come on top.
    this.#total = here.length + invoices.length + 3;
    for (const part of here) await this.#part(part);
    const account = await this.#account();
    if (account) await this.#part(account);
    const folder = m.data_file_invoices({}, locale);
    const missing = await this.#pdfs(folder, invoices);
    const parts = [...here, ...(account ? [account] : []), ...(await this.#missing(missing))];
    const written: Written = {
      parts,
      invoices: { folder, here: invoices.length - missing.length, missing: missing.length },
      account: account !== undefined,
    };
    this.#checkWanted();
    const email = source.queries.profile()?.email ?? '';
    await this.#add(`${m.data_file_readme({}, locale)}.txt`, [readme(source, email, written)]);
    this.#job.progress(this.#total, this.#total);
    return written;
  }

  async #part({ name, pieces }: Part): Promise<void> {
    await this.#add(name, this.#whileWanted(pieces));
    this.#step();
  }

  /** What the service keeps beyond the feed; undefined when it cannot be asked. */
  async #account(): Promise<Part | undefined> {
    const locale = { locale: this.#source.language };
    const call = { method: 'GET', path: routes.accountData, signal: this.#job.signal } as const;
    const reply = await this.#source.session.json(call, AccountData, MAX_ACCOUNT_BYTES);
    if (!reply.ok) return undefined;
    return {
      name: `json/${m.data_file_account({}, locale)}.json`,
      meaning: m.data_about_account({}, locale),
      pieces: jsonValue(reply.value),
    };
  }

  async #pdfs(
    folder: string,
    invoices: readonly { id: string; number: string }[],
  ): Promise<{ number: string; why: WhyMissing }[]> {
    const missing: { number: string; why: WhyMissing }[] = [];
    const name = uniqueNames();
    let index = 0;
    const found = pdfs(
      this.#source.files,
      invoices.map(({ id }) => id),
    );
    for await (const each of found) {
      const number = invoices[index]?.number ?? '';
      index += 1;
      this.#checkWanted();
      if ('file' in each)
        // PDFs are compressed inside.
        await this.#add(`${folder}/${name(each.file.number)}`, [each.file.bytes], { compress: false });
      else missing.push({ number, why: each.missing });
      this.#step();
    }
    return missing;
  }

  /** A list of the invoices whose files are not in the archive, when there are any. */
  async #missing(missing: readonly { number: string; why: WhyMissing }[]): Promise<Part[]> {
    if (missing.length === 0) return [];
    const { language } = this.#source;
    const locale = { locale: language };
    const words: Record<WhyMissing, string> = {
      unreachable: m.data_why_unreachable({}, locale),
      unusable: m.data_why_unusable({}, locale),
    };
    const part: Part = {
      name: `csv/${m.data_file_missing({}, locale)}.csv`,
      meaning: m.data_about_missing({}, locale),
      pieces: csvText(
        {
          header: [m.data_missing_number({}, locale), m.data_missing_why({}, locale)],
          pages: [missing.map(({ number, why }) => [text(number), words[why]])],
        },
        language,
      ),
    };
    await this.#part(part);
    return [part];
  }

  *#invoices(): Generator<{ id: string; number: string }> {
    const { invoices } = this.#source.queries;
    for (const rows of inPages((offset) => invoices.page({}, offset, PAGE)))
      for (const { id, number } of rows) yield { id, number };
  }

  *#whileWanted(pieces: Iterable<string>): Generator<string> {
    for (const piece of pieces) {
      this.#checkWanted();
      yield piece;
    }
  }

  #checkWanted(): void {
    if (this.#job.signal.aborted) throw new Stopped(fail('cancelled'));
  }

  #step(): void {
    this.#done += 1;
    this.#job.progress(this.#done, this.#total);
  }
}
