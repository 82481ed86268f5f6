/**
 * A name that every file system takes, from a number or a word that a service chose: no separators, no control or
 * reserved characters, no leading dot, no name of a Windows device, at most 100 characters.
 */
export function safeFileName(wanted: string, fallback: string): string {
  const clean = wanted
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '')
    .slice(0, 100);
  if (!clean || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean)) return fallback;
  return clean;
}
