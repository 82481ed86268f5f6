import { routes } from '#shared/protocol/routes.ts';
import type { HttpAnswer } from '../service/http.ts';
import { BodyFailure } from '../service/http.ts';
import type { Failure, Reply } from '../service/reply.ts';
import { failure } from '../service/reply.ts';
import type { Session } from '../service/session.ts';
import { keptPath, type InvoiceFolder } from './folder.ts';
import { leftover } from './leftover.ts';
import { PartFile } from './part-file.ts';

const MAX_PDF_BYTES = 100 * 1024 * 1024;

export interface Fetched {
  size: number;
  sha256: string;
}

export interface DownloadJob {
  session: Session;
  folder: InvoiceFolder;
  id: string;
  /** Whether an earlier attempt may have left something. */
  begun: boolean;
  signal: AbortSignal;
}

/** Fetches an invoice's PDF to where it is kept, going on where an earlier attempt was cut. Failures of the disk are thrown. */
export async function downloadPdf(job: DownloadJob): Promise<Reply<Fetched>> {
  const rest = job.begun ? await leftover(job.folder, job.id) : undefined;
  if (!rest) return receive(job, await request(job));
  const reply = await request(job, { range: `bytes=${rest.size}-`, 'if-range': `"${rest.sha256}"` });
  if (reply.ok || reply.status !== 416) return receive(job, reply, rest);
  // Nothing left to send: the piece that is here is not the beginning of the file that is there.
  await rest.discard();
  return receive(job, await request(job));
}

function request(job: DownloadJob, headers: Record<string, string> = {}): Promise<Reply<HttpAnswer>> {
  return job.session.open({
    method: 'GET',
    path: routes.invoicePdf(job.id),
    headers: { accept: 'application/pdf', 'accept-encoding': 'identity', ...headers },
    signal: job.signal,
  });
}

async function receive(job: DownloadJob, reply: Reply<HttpAnswer>, rest?: PartFile): Promise<Reply<Fetched>> {
  if (!reply.ok) return reply;
  const answer = reply.value;
  const part = await partFor(job, answer, rest);
  if (!part) {
    answer.discard();
    return failure('bad_answer', { detail: 'an invoice without the hash that it must have' });
  }
  try {
    for await (const chunk of answer.chunks()) {
      await part.append(chunk);
      if (part.size > MAX_PDF_BYTES)
        return await refuse(part, failure('bad_answer', { detail: 'an invoice of more than 100 MB' }));
    }
  } catch (error) {
    await part.suspend();
    if (error instanceof BodyFailure) return error.failure;
    throw error;
  }
  if (!part.isRight())
    return refuse(part, failure('invoice_damaged', { detail: 'what arrived does not match its hash' }));
  await part.finish(keptPath(job.folder, job.id));
  return { ok: true, value: { size: part.size, sha256: part.sha256 } };
}

/** The file to go on with: the leftover when the service continues it (206 of the same version), a new one when it starts over. */
async function partFor(job: DownloadJob, answer: HttpAnswer, rest?: PartFile): Promise<PartFile | undefined> {
  const sha256 = /^"([0-9a-f]{64})"$/.exec(answer.header('etag') ?? '')?.[1];
  if (sha256 === undefined) return undefined;
  if (answer.status === 206) {
    const start = /^bytes (\d+)-/.exec(answer.header('content-range') ?? '')?.[1];
    if (rest?.sha256 !== sha256 || Number(start) !== rest.size) return undefined;
    return rest;
  }
  await rest?.discard();
  return new PartFile(job.folder, job.id, sha256);
}

async function refuse(part: PartFile, why: Failure): Promise<Failure> {
  await part.discard();
  return why;
}
