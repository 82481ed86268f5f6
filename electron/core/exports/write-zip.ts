import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Adds a file to the archive; resolves when its last piece was taken. */
export type AddFile = (
  name: string,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  options?: { compress: boolean },
) => Promise<void>;

/**
 * Writes an archive file after file. A piece is asked for when there is room for it, so that memory holds a few of them, however many there are.
 * What `fill` throws, and what the disk says, is thrown.
 */
export async function writeZip(path: string, fill: (add: AddFile) => Promise<void>): Promise<void> {
  const zip = new ZipFile();
  const stopped = new AbortController();
  const written = pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600 }), {
    signal: stopped.signal,
  });
  // Whoever fails first tells why; the other end is then only let go.
  const failed = written.then(
    () => undefined,
    (error: unknown) => error,
  );
  const add: AddFile = async (name, pieces, options = { compress: true }) => {
    const source = Readable.from(pieces, { objectMode: false });
    const read = finished(source);
    zip.addReadStream(source, name, options);
    // An archive that cannot be written any more never asks for the rest.
    const reason = await Promise.race([read, failed]);
    if (reason === undefined) return;
    read.catch(() => undefined);
    source.destroy();
    throw asError(reason);
  };
  try {
    await fill(add);
    zip.end();
  } catch (error) {
    stopped.abort();
    await failed;
    throw error;
  }
  const reason = await failed;
  if (reason !== undefined) throw asError(reason);
}

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error('the archive could not be written');
