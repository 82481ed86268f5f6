export type Finding = {
  /** The scanner's name for it. */
  readonly id: string;
  /** A file of the checkout, `package/…` for one of the archive, or whatever else the scanner was given. */
  readonly where: string;
};

export type Comparison = {
  /** Found, but nobody has judged it. */
  readonly unknown: readonly Finding[];
  /** Judged, but no longer found: the judgement is about something that is gone. */
  readonly gone: readonly Finding[];
};

const HEADING = '## What scanners say';

/** The findings that docs/security.md judges: the first two columns of the table below its heading. */
export function judgedFindings(page: string): Finding[] {
  const section = page.split(`\n${HEADING}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const [, id = '', where = '', verdict = '', why = ''] = row.split('|').map((cell) => cell.trim());
    if (!verdict || !why)
      throw new Error(`A finding without a verdict and its reason in docs/security.md: ${row}`);
    return { id: withoutTicks(id), where: withoutTicks(where) };
  });
}

/** A finding is known by its name and place; how often it stands there, and in which line, changes with every edit. */
export function compare(found: readonly Finding[], judged: readonly Finding[]): Comparison {
  return { unknown: without(found, judged), gone: without(judged, found) };
}

function without(these: readonly Finding[], those: readonly Finding[]): Finding[] {
  const known = new Set(those.map(keyOf));
  return [...new Map(these.map((finding) => [keyOf(finding), finding])).values()].filter(
    (finding) => !known.has(keyOf(finding)),
  );
}

const keyOf = ({ id, where }: Finding): string => `${id} ${where}`;

const withoutTicks = (cell: string): string => cell.replaceAll('`', '');
