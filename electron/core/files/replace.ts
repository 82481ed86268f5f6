import { rename, rm } from 'node:fs/promises';

/** Writes under a temporary name beside the wanted one and renames at the end; what fails leaves nothing behind. */
export async function replaceFile<T>(path: string, write: (temporary: string) => Promise<T>): Promise<T> {
  const temporary = `${path}.part`;
  try {
    const result = await write(temporary);
    await rename(temporary, path);
    return result;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
