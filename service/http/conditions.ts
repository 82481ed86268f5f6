/** Whether an If-None-Match header names the tag; weakly, as it should (RFC 9110, 13.1.2). */
export function etagMatches(header: string, tag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === `"${tag}"`);
}

export interface ByteRange {
  start: number;
  /** Included. */
  end: number;
}

/**
 * The one range that a Range header asks for (RFC 9110, 14.1.2). Undefined, the whole file, when there is none, when it is malformed
 * or of another unit, and when it asks for several, which a server may decline.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '') {
    if (last === '') return undefined;
    const length = Number(last);
    return length === 0 || size === 0
      ? 'unsatisfiable'
      : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end };
}
