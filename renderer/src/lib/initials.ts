/** Up to two letters that stand for a name: "Garage Morel" as GM. */
export function initials(name: string): string {
  const words = name.split(/[\s\-’']+/).filter((word) => /\p{L}/u.test(word));
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('') || '•';
}
