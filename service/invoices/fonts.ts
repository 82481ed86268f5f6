import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { rememberLayouts } from './shaping.ts';
import { unpackWoff } from './woff.ts';

export type Weight = 400 | 600;

export interface Run {
  /** Names the font in a document. */
  font: string;
  text: string;
}

/** Inter comes cut by script; most invoices need the first cut only, the others are read when a name asks for them. */
const CUTS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic'] as const;
const REPLACEMENT = '?';

const files = createRequire(import.meta.url);
const opened = new Map<string, Font>();

export function fontNamed(name: string): Font {
  let font = opened.get(name);
  if (!font) {
    const file = files.resolve(`@fontsource/inter/files/inter-${name}-normal.woff`);
    const read = create(unpackWoff(readFileSync(file)));
    if (!('createSubset' in read)) throw new TypeError(`${name} is a collection, not a font`);
    font = rememberLayouts(read);
    opened.set(name, font);
  }
  return font;
}

/** Splits a text into runs that one font each can draw; a character that none has becomes a question mark. */
export function runsOf(text: string, weight: Weight): Run[] {
  const main = `latin-${weight}`;
  const runs: Run[] = [];
  for (const character of text.normalize('NFC')) {
    // The narrow no-break space of French numbers is not in Inter; the thin space looks the same, and we break lines ourselves.
    const wanted = character === '\u202f' ? '\u2009' : character;
    const cut = CUTS.find((name) => hasGlyph(`${name}-${weight}`, wanted));
    const font = cut === undefined ? main : `${cut}-${weight}`;
    const drawn = cut === undefined ? REPLACEMENT : wanted;
    const last = runs.at(-1);
    if (last?.font === font) last.text += drawn;
    else runs.push({ font, text: drawn });
  }
  return runs;
}

function hasGlyph(name: string, character: string): boolean {
  return fontNamed(name).hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}
