/** How long to wait, as it is written in both languages: 8 s, 2 min 05 s. */
export function waitWords(seconds: number): string {
  if (seconds < 60) return `${seconds}\u00a0s`;
  const rest = seconds % 60;
  const minutes = `${Math.floor(seconds / 60)}\u00a0min`;
  return rest === 0 ? minutes : `${minutes} ${String(rest).padStart(2, '0')}\u00a0s`;
}
