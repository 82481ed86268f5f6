/** Does the work for every item, so many at once, started in the order given. Rejects with the first failure. */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // One iterator for all: each takes the next item that nobody has taken.
  const next = items.values();
  const takeTurns = async (): Promise<void> => {
    for (const item of next) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
}
