import type PDFDocument from 'pdfkit';
import type { InvoiceContent } from './content.ts';
import { COLORS, LINE_HEIGHT, type Ink, type Style } from './ink.ts';
import { drawLogo } from './logo.ts';
import { AMOUNT, COLUMNS, NAME_X, NOTE, PADDING, PAGE, type MeasuredRow } from './table.ts';
import { Tags, type Tag } from './tags.ts';
import { amount } from './words.ts';

const TITLE: Style = { size: 21, weight: 600 };
const SELLER: Style = { size: 12, weight: 600 };
const BODY: Style = { size: 8.6 };
const STRONG: Style = { size: 8.6, weight: 600 };
const LABEL: Style = { size: 7.2, weight: 600, color: COLORS.soft };
const FACT_LABEL: Style = { size: 8.2, color: COLORS.soft };
const FACT: Style = { size: 8.2, weight: 600, tabular: true };
const HEAD: Style = { size: 7.2, weight: 600, color: COLORS.soft };
const SMALL: Style = { size: 7, color: COLORS.soft };
const GRAND: Style = { size: 11, weight: 600, tabular: true };

const TOP = 40;
const HEAD_HEIGHT = 20;
const NEXT_TOP = 88;
const FOOTER_TOP = 778;
const CARRY_HEIGHT = 18;
const TOTALS_WIDTH = 216;
const FACTS_LEFT = 366;
const PARTY_WIDTH = 240;

/** Draws the content on pages: letterhead, parties, table, totals, mentions, and the seller's legal lines on each page. */
export class InvoicePage {
  readonly ink: Ink;
  readonly #doc: InstanceType<typeof PDFDocument>;
  readonly #content: InvoiceContent;
  readonly #tags: Tags;

  constructor(doc: InstanceType<typeof PDFDocument>, ink: Ink, content: InvoiceContent) {
    this.#doc = doc;
    this.ink = ink;
    this.#content = content;
    this.#tags = new Tags(doc);
  }

  /** How high the table's rows may be on the first page, and on the others. */
  firstRoom(): number {
    return FOOTER_TOP - CARRY_HEIGHT - this.#tableTop() - HEAD_HEIGHT;
  }

  nextRoom(): number {
    return FOOTER_TOP - 2 * CARRY_HEIGHT - NEXT_TOP - HEAD_HEIGHT;
  }

  drawAll(pages: readonly MeasuredRow[][]): void {
    const closing = this.#closingHeight();
    const last = pages.at(-1) ?? [];
    const lastTop = pages.length === 1 ? this.#tableTop() : NEXT_TOP + CARRY_HEIGHT;
    const tableEnd = lastTop + HEAD_HEIGHT + last.reduce((sum, row) => sum + row.height, 0);
    const apart = tableEnd + closing > FOOTER_TOP - 6;
    const count = pages.length + (apart ? 1 : 0);
    const table = this.#tags.root.branch('Table');
    let carried = 0;
    let y = 0;
    for (const [index, rows] of pages.entries()) {
      this.#startPage(index, count);
      y = index === 0 ? this.#tableTop() : NEXT_TOP;
      if (index > 0) y = this.#carry('Report', carried, y);
      y = this.#tableHead(y, table, index === 0);
      for (const row of rows) y = this.#row(row, y, table);
      carried += rows.reduce((sum, { row }) => sum + row.cents, 0);
      if (index < pages.length - 1 || apart) this.#carry('À reporter', carried, y);
    }
    table.end();
    if (apart) {
      this.#startPage(count - 1, count);
      y = this.#carry('Report', carried, NEXT_TOP);
    }
    this.#closing(y + 14);
    this.#tags.end();
  }

  #startPage(index: number, count: number): void {
    this.#doc.addPage();
    if (index === 0) this.#letterhead();
    else this.#runningHead();
    this.#footer(index + 1, count);
  }

  #letterhead(): void {
    const { seller, title, facts, parties, vehicle } = this.#content;
    this.#tags.artifact(() => drawLogo(this.#doc, PAGE.left, TOP, 38));
    this.#tags.root.mark('P', () => {
      this.ink.line(seller.name, PAGE.left + 48, TOP + 1, SELLER);
      const { address } = seller;
      this.ink.line(
        `${address.lines.join(', ')}, ${address.postalCode} ${address.city}`,
        PAGE.left + 48,
        TOP + 19,
        SMALL,
      );
      this.ink.line(seller.email, PAGE.left + 48, TOP + 29, SMALL);
    });
    this.#tags.root.mark('H1', () => this.ink.line(title, FACTS_LEFT, TOP - 4, TITLE));
    let y = TOP + 30;
    for (const [label, value] of facts) {
      this.#tags.root.mark('P', () => {
        this.ink.line(label, FACTS_LEFT, y, FACT_LABEL);
        this.ink.line(value, PAGE.right, y, FACT, true);
      });
      y += 13.5;
    }
    for (const [index, party] of parties.entries())
      this.#party(party, PAGE.left + index * (PARTY_WIDTH + 35));
    if (vehicle !== undefined) {
      const at = this.#tableTop() - 24;
      this.#tags.root.mark('P', () => {
        this.ink.line('Véhicule', PAGE.left, at, LABEL);
        const [line = ''] = this.ink.wrap(vehicle, PAGE.right - PAGE.left - 60, BODY);
        this.ink.line(line, PAGE.left + 44, at - 1.2, BODY);
      });
    }
  }

  #partyTop(): number {
    return Math.max(TOP + 30 + this.#content.facts.length * 13.5, TOP + 62) + 18;
  }

  #party(party: { label: string; lines: readonly string[] }, x: number): void {
    const y = this.#partyTop();
    this.#tags.root.mark('P', () => {
      this.ink.line(party.label.toUpperCase(), x, y, LABEL);
      const [name = [], ...rest] = party.lines.map((line, index) =>
        this.ink.wrap(line, PARTY_WIDTH, index === 0 ? STRONG : BODY),
      );
      this.ink.lines(rest.flat(), x, this.ink.lines(name, x, y + 13, STRONG), BODY);
    });
  }

  #tableTop(): number {
    const lines = this.#content.parties.map(
      (party) =>
        party.lines.flatMap((line, index) => this.ink.wrap(line, PARTY_WIDTH, index === 0 ? STRONG : BODY))
          .length,
    );
    const partiesEnd = this.#partyTop() + 13 + Math.max(...lines) * BODY.size * LINE_HEIGHT;
    return partiesEnd + (this.#content.vehicle === undefined ? 22 : 42);
  }

  #runningHead(): void {
    const { seller, title, facts } = this.#content;
    this.#tags.artifact(() => {
      drawLogo(this.#doc, PAGE.left, TOP, 22);
      this.ink.line(seller.name, PAGE.left + 30, TOP + 4, STRONG);
      this.ink.line(`${title} ${facts[0]?.[1] ?? ''} (suite)`, PAGE.right, TOP + 4, STRONG, true);
    }, 'Pagination');
  }

  #tableHead(y: number, table: Tag, first: boolean): number {
    this.#tags.artifact(() => {
      this.#doc.rect(PAGE.left - 6, y, PAGE.right - PAGE.left + 12, HEAD_HEIGHT).fill(COLORS.wash);
    });
    let x: number = PAGE.left;
    const cells = COLUMNS.map((column) => {
      const left = x;
      x += column.width;
      return { label: column.label, x: column.alignRight ? x : left, alignRight: column.alignRight };
    });
    const draw = (cell: (typeof cells)[number]): void =>
      this.ink.line(cell.label, cell.x, y + 5.6, HEAD, cell.alignRight);
    // A repeated header row is only for the eye: a reader aloud has heard it on the first page.
    if (first) {
      const row = table.branch('TR');
      for (const cell of cells) row.mark('TH', () => draw(cell));
      row.end();
    } else this.#tags.artifact(() => cells.forEach(draw), 'Pagination');
    return y + HEAD_HEIGHT;
  }

  #row(measured: MeasuredRow, y: number, table: Tag): number {
    const top = y + PADDING;
    const row = table.branch('TR');
    for (const { column, x, lines, style } of measured.cells)
      row.mark('TD', () => {
        const end = this.ink.lines(lines, x, top, style, column.alignRight);
        if (column.key === 'name') this.ink.lines(measured.note, NAME_X, end, NOTE);
      });
    row.end();
    const bottom = y + measured.height;
    this.#rule(bottom, COLORS.line);
    return bottom;
  }

  #carry(label: string, cents: number, y: number): number {
    this.#tags.artifact(() => {
      this.ink.line(label, PAGE.right - 120, y + 4, FACT_LABEL, true);
      this.ink.line(amount(cents), PAGE.right, y + 4, FACT, true);
    }, 'Pagination');
    return y + CARRY_HEIGHT;
  }

  #mentionLines(): string[] {
    return this.#content.mentions.flatMap((mention) => this.ink.wrap(mention, PAGE.right - PAGE.left, SMALL));
  }

  #paymentLines(): string[] {
    const width = PAGE.right - PAGE.left - TOTALS_WIDTH - 24;
    return this.#content.payment.flatMap((line) => this.ink.wrap(line, width, BODY));
  }

  #totalsHeight(): number {
    const totals = (this.#content.rates.length + 1) * 14 + 8 + 2 * 15 + 28;
    return Math.max(totals, 14 + this.#paymentLines().length * BODY.size * LINE_HEIGHT);
  }

  #closingHeight(): number {
    return 14 + this.#totalsHeight() + 16 + this.#mentionLines().length * SMALL.size * LINE_HEIGHT;
  }

  #closing(y: number): void {
    this.#tags.root.mark('P', () => {
      this.ink.line('RÈGLEMENT', PAGE.left, y + 1, LABEL);
      this.ink.lines(this.#paymentLines(), PAGE.left, y + 14, BODY);
    });
    this.#totals(y);
    // Mentions stand at the foot of the page, as on a printed letterhead, unless the table reaches down to them.
    const lines = this.#mentionLines();
    const height = lines.length * SMALL.size * LINE_HEIGHT;
    const at = Math.max(y + this.#totalsHeight() + 12, FOOTER_TOP - 10 - height);
    this.#tags.root.mark('P', () => this.ink.lines(lines, PAGE.left, at, SMALL));
  }

  #totals(top: number): void {
    const { rates, totals } = this.#content;
    const left = PAGE.right - TOTALS_WIDTH;
    const [rateEnd, baseEnd] = [left + 62, left + 142];
    const table = this.#tags.root.branch('Table');
    const line = (
      cells: readonly [string, string, string],
      y: number,
      style: Style,
      tag: 'TH' | 'TD',
    ): void => {
      const row = table.branch('TR');
      const ends = [rateEnd, baseEnd, PAGE.right] as const;
      for (const [index, cell] of cells.entries())
        row.mark(tag, () => this.ink.line(cell, ends[index] ?? PAGE.right, y, style, true));
      row.end();
    };
    line(['Taux de TVA', 'Base HT €', 'TVA €'], top + 1, HEAD, 'TH');
    let y = top + 14;
    for (const [rate, base, vat] of rates) {
      line([rate, base, vat], y, AMOUNT, 'TD');
      y += 14;
    }
    table.end();
    y += 4;
    this.#rule(y, COLORS.line, left);
    y += 6;
    for (const [label, value] of [
      ['Total HT', totals.exclVat],
      ['Total TVA', totals.vat],
    ] as const) {
      this.#tags.root.mark('P', () => {
        this.ink.line(label, left, y, BODY);
        this.ink.line(`${value} €`, PAGE.right, y, { ...BODY, tabular: true }, true);
      });
      y += 15;
    }
    this.#tags.artifact(() =>
      this.#doc.roundedRect(left - 8, y + 1, TOTALS_WIDTH + 14, 24, 4).fill(COLORS.wash),
    );
    this.#tags.root.mark('P', () => {
      this.ink.line('Total TTC', left, y + 5.4, { ...GRAND, color: COLORS.accent });
      this.ink.line(`${totals.inclVat} €`, PAGE.right, y + 5.4, { ...GRAND, color: COLORS.accent }, true);
    });
  }

  #footer(number: number, count: number): void {
    this.#rule(FOOTER_TOP, COLORS.line);
    const draw = (): void => {
      this.ink.lines(this.#content.footer, PAGE.left, FOOTER_TOP + 8, SMALL);
    };
    if (number === 1) this.#tags.root.mark('P', draw);
    else this.#tags.artifact(draw, 'Pagination');
    this.#tags.artifact(
      () =>
        this.ink.line(`${number}/${count}`, PAGE.right, FOOTER_TOP + 8, { ...SMALL, tabular: true }, true),
      'Pagination',
    );
  }

  #rule(y: number, color: string, from: number = PAGE.left): void {
    this.#tags.artifact(() => {
      this.#doc.moveTo(from, y).lineTo(PAGE.right, y).lineWidth(0.5).strokeColor(color).stroke();
    });
  }
}
