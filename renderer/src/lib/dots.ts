/** Facts on one line with dots between; those that are absent leave no gap. */
export function dots(...facts: (string | false | null | undefined)[]): string {
  return facts
    .filter((fact) => fact !== undefined && fact !== false && fact !== null && fact !== '')
    .join(' · ');
}
