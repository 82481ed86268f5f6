import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import type { ImportPreview } from '#shared/ipc/vehicles.ts';
import { decodeWindows1252 } from './windows-1252.ts';

export type Encoding = ImportPreview['encoding'];

/** The text of a file piece by piece, so that no second copy of it has to exist whole. */
export interface FileText {
  encoding: Encoding;
  pieces: () => Generator<string, void, undefined>;
}

const PIECE_BYTES = 64 * 1024;

/** How spreadsheets write text files; undefined for what is no text at all. */
export function textOf(bytes: Buffer): FileText | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return utf8(bytes.subarray(3));
  if (a === 0xff && b === 0xfe) return utf16(bytes.subarray(2));
  if (a === 0xfe && b === 0xff) return utf16(swapped(bytes.subarray(2)));
  // No text in a single-byte encoding or UTF-8 has it; pictures, archives and workbooks do.
  if (bytes.includes(0)) return undefined;
  if (isUtf8(bytes)) return utf8(bytes);
  return { encoding: 'windows-1252', pieces: () => decoded(bytes, decodeWindows1252) };
}

function utf8(bytes: Buffer): FileText | undefined {
  if (bytes.includes(0) || !isUtf8(bytes)) return undefined;
  const decoder = new StringDecoder('utf8');
  return { encoding: 'utf-8', pieces: () => decoded(bytes, (piece) => decoder.write(piece)) };
}

function utf16(bytes: Buffer): FileText | undefined {
  // An odd length is a file that was cut in the middle of a character.
  if (bytes.length % 2 !== 0) return undefined;
  const decoder = new StringDecoder('utf16le');
  return { encoding: 'utf-16', pieces: () => decoded(bytes, (piece) => decoder.write(piece)) };
}

/** Big-endian made little-endian, in a copy: the bytes belong to the caller. */
function swapped(bytes: Buffer): Buffer {
  return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16() : bytes;
}

function* decoded(bytes: Buffer, decode: (piece: Buffer) => string): Generator<string, void, undefined> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield decode(bytes.subarray(at, at + PIECE_BYTES));
}
