import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * Which of these words the files below a folder hold, as "path: word". Looked for as typed, in lower case, without accents and without separators, each
 * in UTF-8, UTF-16 and base64. `except` leaves out what lies below a folder of that name at the top.
 */
export async function tracesIn(
  folder: string,
  words: readonly string[],
  except: readonly string[] = [],
): Promise<string[]> {
  const needles = words.flatMap((word) =>
    spellings(word)
      .flatMap(encodings)
      .map((bytes) => ({ word, bytes })),
  );
  const found = new Set<string>();
  for (const path of await filesBelow(folder)) {
    const name = relative(folder, path);
    if (except.includes(name.split('/')[0] ?? '')) continue;
    const content = await readIfThere(path);
    for (const { word, bytes } of needles) if (content.includes(bytes)) found.add(`${name}: ${word}`);
  }
  return [...found];
}

function spellings(word: string): string[] {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  const bare = plain.replace(/[\s\u00a0\u202f-]/g, '');
  return [...new Set([word, plain, bare].flatMap((text) => [text, text.toLowerCase()]))];
}

/** Base64 of a word depends on where it stands in its text; its first and last characters on what is beside it. */
function encodings(text: string): Buffer[] {
  const utf8 = Buffer.from(text);
  const inBase64 = [0, 1, 2].map((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), utf8]).toString('base64');
    return Buffer.from(coded.slice(before === 0 ? 0 : before + 1).replace(/.?=*$/, ''));
  });
  return [utf8, Buffer.from(text, 'utf16le'), ...inBase64];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A running app takes temporary files away while they are looked for. */
async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
