/** An id for a job of this window. */
export function newId(): string {
  return crypto.randomUUID();
}
