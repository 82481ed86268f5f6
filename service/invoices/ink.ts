import type { Font } from 'fontkit';
import type PDFDocument from 'pdfkit';
import { fontNamed, runsOf, type Weight } from './fonts.ts';

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
    const runs = runsOf(text, style.weight ?? 400);
    return runs.reduce((sum, run) => sum + runWidth(run.font, run.text, style), 0) * style.size;
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
    const weight = style.weight ?? 400;
    let at = alignRight ? x - this.width(text, style) : x;
    this.#doc.fillColor(style.color ?? COLORS.ink);
    for (const run of runsOf(text, weight)) {
      this.#use(run.font, style.size);
      this.#doc.text(run.text, at, y, { lineBreak: false, features: featuresOf(style) });
      at += runWidth(run.font, run.text, style) * style.size;
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

function runWidth(name: string, text: string, style: Style): number {
  const font: Font = fontNamed(name);
  return font.layout(text, featuresOf(style)).advanceWidth / font.unitsPerEm;
}
