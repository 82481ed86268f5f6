/**
 * A last guard for the log: what looks personal or secret is replaced before it is written. Callers must not rely on
 * it (they log kinds, counts and codes), but an error's message may quote what somebody typed.
 */
const patterns: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer [secret]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  [
    /(["']?(?:password|passwd|secret|token|authorization|cookie)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;}]+)/gi,
    '$1[secret]',
  ],
  [/(https?:\/\/)[^\s/@]*@/gi, '$1'],
  [/[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/gu, '[email]'],
  [/(https?:\/\/[^\s?#]+)[?#]\S*/gi, '$1?[query]'],
  // Plates of France since 2009 (AB-123-CD), and phone numbers as written there.
  [/\b[A-Z]{2}-\d{3}-[A-Z]{2}\b/g, '[plate]'],
  [/(?<!\d)(?:\+33\s?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)/g, '[phone]'],
  [/(\/home\/|\/Users\/|[A-Z]:\\Users\\)[^\s/\\:'"]+/g, '$1[user]'],
  // 32 and more characters of a random alphabet without a separator: keys and tokens, not ids (UUIDs have dashes).
  [/\b[A-Za-z0-9_+/]{40,}={0,2}/g, '[secret]'],
];

export function redact(text: string): string {
  return patterns.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}
