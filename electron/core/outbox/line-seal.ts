import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { sealText, unsealText } from '../keys/seal.ts';

/** What a sealed line says of itself: the file it was written into and its number there. */
export interface SealedLine {
  file: string;
  number: number;
  json: string;
}

const SHAPE = /^([\w-]{11})\.(\d{1,15})\.(.+)$/;

export const newFileId = (): string => randomBytes(8).toString('base64url');

/**
 * Lines of a journal, sealed one by one: what is damaged takes one line with it. Each is bound to its file and its number, so that one that was
 * taken out, moved, repeated or brought in from an older file is noticed.
 */
export class LineSeal {
  readonly #key: KeyObject;

  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key);
  }

  seal({ file, number, json }: SealedLine): string {
    return `${file}.${number}.${sealText(this.#key, placeOf(file, number), json)}`;
  }

  /** Undefined when it is not a line that was sealed with this key. */
  open(text: string): SealedLine | undefined {
    const [, file, digits, sealed] = SHAPE.exec(text) ?? [];
    if (file === undefined || digits === undefined || sealed === undefined) return undefined;
    const number = Number(digits);
    const json = unsealText(this.#key, placeOf(file, number), sealed);
    return json === undefined ? undefined : { file, number, json };
  }
}

const placeOf = (file: string, number: number): string => `journal ${file} ${number}`;
