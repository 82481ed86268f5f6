const VISIBLE_MS = 60_000;
const HIDDEN_MS = 15 * 60_000;

/** How long until the next look without a hint. With an open stream of hints a rare look is only a safety net. */
export function pollMs({ visible, pokesOpen }: { visible: boolean; pokesOpen: boolean }): number {
  return visible && !pokesOpen ? VISIBLE_MS : HIDDEN_MS;
}
