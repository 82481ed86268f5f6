import type { Sample } from './stats.ts';

export type Unit = 'ms' | 'ms/s' | 'MB' | 'KB' | '/s';

/** `program.metric`, as in `engine-sync.listsMs`. */
export type Metric = `${string}.${string}`;

export type Goal =
  | { kind: 'ratio'; atMost: number }
  | { kind: 'ratio'; atLeast: number }
  | { kind: 'value'; atMost: number }
  /** Above the floor, in the figure's unit: where the floor is next to nothing, a ratio to it says nothing. */
  | { kind: 'excess'; atMost: number };

/** One line of the table: what is measured, against what, and what is to be reached. */
export interface Figure {
  /** As numbered in docs/performance.md. */
  id: string;
  title: string;
  unit: Unit;
  subject: Metric;
  /** The floor; a figure with a goal of kind `value` may do without. */
  floor?: Metric;
  /** Absent when the figure is only told. */
  goal?: Goal;
  peers?: readonly { name: string; metric: Metric; atMost: number }[];
}

/** What a comparison came to. */
export interface Verdict {
  /** Absent when the goal is a value or an excess. */
  ratio?: number;
  /** Absent without a goal. */
  reached?: boolean;
}

export interface FigureResult {
  id: string;
  title: string;
  unit: Unit;
  goal: string;
  subject?: Sample;
  floor?: Sample;
  verdict?: Verdict;
  peers: { name: string; sample: Sample; goal: string; verdict: Verdict }[];
}

/** Works out a figure from the samples of a suite; what was not measured stays absent. */
export function evaluate(figure: Figure, samples: ReadonlyMap<string, Sample>): FigureResult {
  const subject = samples.get(figure.subject);
  const floor = figure.floor === undefined ? undefined : samples.get(figure.floor);
  const verdict = subject && judge(figure.goal, subject, floor);
  return {
    id: figure.id,
    title: figure.title,
    unit: figure.unit,
    goal: figure.goal ? describeGoal(figure.goal, figure.unit) : '',
    ...(subject && { subject }),
    ...(floor && { floor }),
    ...(verdict && { verdict }),
    peers: (figure.peers ?? []).flatMap(({ name, metric, atMost }) => {
      const peer = samples.get(metric);
      if (!subject || !peer) return [];
      const ratio = ratioOf(subject, peer);
      return [{ name, sample: peer, goal: `<= ${atMost} x`, verdict: { ratio, reached: ratio <= atMost } }];
    }),
  };
}

/** Median against median. */
export function ratioOf(subject: Sample, reference: Sample): number {
  if (!(reference.median > 0)) throw new Error('a ratio needs a reference above zero');
  return subject.median / reference.median;
}

function judge(goal: Goal | undefined, subject: Sample, floor: Sample | undefined): Verdict | undefined {
  if (!goal) return floor && { ratio: ratioOf(subject, floor) };
  if (goal.kind === 'value') {
    return { reached: subject.median <= goal.atMost };
  }
  if (!floor) return undefined;
  if (goal.kind === 'excess') return { reached: subject.median - floor.median <= goal.atMost };
  const ratio = ratioOf(subject, floor);
  return { ratio, reached: 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast };
}

function describeGoal(goal: Goal, unit: Unit): string {
  if (goal.kind === 'value') return `<= ${goal.atMost} ${unit}`;
  if (goal.kind === 'excess') return `<= floor + ${goal.atMost} ${unit}`;
  return 'atMost' in goal ? `<= ${goal.atMost} x` : `>= ${goal.atLeast} x`;
}
