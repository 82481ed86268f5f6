/** As it is written on letterheads: 123 456 782, with spaces that do not break. */
export function spacedSiren(siren: string): string {
  return siren.replace(/(\d{3})(?=\d)/g, '$1\u00a0');
}
