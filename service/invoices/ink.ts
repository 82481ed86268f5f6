import type PDFDocument from 'pdfkit';
import { fontNamed, runsOf, type Run, type Weight } from './fonts.ts';

/** How a text looks. Sizes are in points (1/72 inch), as all lengths here. */
export interface Style {
  size: number;
  weight?: Weight;
  color?: string;
  /** Figures of equal width, so that columns of amounts align. */
  tabular?: boolean;
}

export const COLORS = {
  ink: '#14202b',
  soft: '#50606d',
  line: '#d5dbe0',
  accent: '#0b6b75',
  wash: '#eef5f6',
} as const;

export const LINE_HEIGHT = 1.36;

type Document = InstanceType<typeof PDFDocument>;

/** Writes single lines at exact places; breaking, aligning and choosing fonts are done here, not by pdfkit. */
export class Ink {
  readonly #doc: Document;
  readonly #registered = new Set<string>();

  constructor(doc: Document) {
    this.#doc = doc;
  }

  width(text: string, style: Style): number {
    return measured(text, style).width * style.size;
  }

  /** The lines of a text in that width; a word that is longer than a line is cut where it must be. */
  wrap(text: string, width: number, style: Style): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.width(longer, style) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      line = word;
      while (this.width(line, style) > width && line.length > 1) {
        let end = line.length - 1;
        while (end > 1 && this.width(line.slice(0, end), style) > width) end -= 1;
        lines.push(line.slice(0, end));
        line = line.slice(end);
      }
    }
    return [...lines, line];
  }

  /** One line whose top is at `y`; with `alignRight`, `x` is its right end. */
  line(text: string, x: number, y: number, style: Style, alignRight = false): void {
    const { width, runs } = measured(text, style);
    let at = alignRight ? x - width * style.size : x;
    this.#doc.fillColor(style.color ?? COLORS.ink);
    for (const run of runs) {
      this.#use(run.font, style.size);
      const textWidth = run.width * style.size;
      // Told the width (its types do not list it), pdfkit does not lay the text out once more to find it.
      const options = { lineBreak: false, features: featuresOf(style), textWidth, wordCount: 1 };
      this.#doc.text(run.text, at, y, options);
      at += textWidth;
    }
  }

  /** Lines below one another; answers where the next would be. */
  lines(texts: readonly string[], x: number, y: number, style: Style, alignRight = false): number {
    for (const [index, text] of texts.entries())
      this.line(text, x, y + index * style.size * LINE_HEIGHT, style, alignRight);
    return y + texts.length * style.size * LINE_HEIGHT;
  }

  #use(name: string, size: number): void {
    if (!this.#registered.has(name)) {
      // pdfkit takes an opened font as well as bytes, which spares unpacking it for each invoice; its types do not say so.
      this.#doc.registerFont(name, fontNamed(name) as unknown as Uint8Array);
      this.#registered.add(name);
    }
    this.#doc.font(name, size);
  }
}

type Features = ('tnum' | 'kern')[];

const featuresOf = (style: Style): Features => (style.tabular === true ? ['tnum'] : ['kern']);

interface Measured {
  runs: readonly (Run & { width: number })[];
  width: number;
}

/** Texts at size 1, in points. */
const known = new Map<string, Measured>();
const TEXTS_KEPT = 20_000;

function measured(text: string, style: Style): Measured {
  const weight = style.weight ?? 400;
  const key = `${weight}${style.tabular === true ? 't' : 'p'}${text}`;
  let found = known.get(key);
  if (!found) {
    const runs = runsOf(text, weight).map((run) => ({ ...run, width: runWidth(run, style) }));
    found = { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
    if (known.size >= TEXTS_KEPT) known.clear();
    known.set(key, found);
  }
  return found;
}

function runWidth(run: Run, style: Style): number {
  const font = fontNamed(run.font);
  return font.layout(run.text, featuresOf(style)).advanceWidth / font.unitsPerEm;
}
