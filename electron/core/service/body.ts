import type { HttpAnswer } from './http.ts';
import { BodyFailure } from './http.ts';
import type { Reply } from './reply.ts';
import { failure } from './reply.ts';

/** Reads a whole body of at most so many bytes; a longer one is refused as soon as it shows, whatever its header said. */
export async function readBody(answer: HttpAnswer, maxBytes: number): Promise<Reply<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.chunks()) {
      size += chunk.byteLength;
      if (size > maxBytes)
        return failure('bad_answer', { detail: `more than ${maxBytes} bytes`, status: answer.status });
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof BodyFailure) return error.failure;
    throw error;
  }
  const [only] = chunks;
  return { ok: true, value: chunks.length === 1 && only ? only : Buffer.concat(chunks, size) };
}

/** Strict: bytes that are not UTF-8 are a broken answer, not question marks in someone's invoice. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

export function parseJson(body: Uint8Array): Reply<unknown> {
  try {
    return { ok: true, value: JSON.parse(utf8.decode(body)) as unknown };
  } catch (error) {
    return failure('bad_answer', { detail: error instanceof SyntaxError ? 'not JSON' : 'not UTF-8' });
  }
}
