import type PDFDocument from 'pdfkit';
import { COLORS } from './ink.ts';

const BOLTS = 5;

/** A ventilated brake disc with its bolts, in a square of that side: the mark of the demo shop and its sellers. */
export function drawLogo(doc: InstanceType<typeof PDFDocument>, x: number, y: number, side: number): void {
  const centre = { x: x + side / 2, y: y + side / 2 };
  const outer = side / 2;
  doc.circle(centre.x, centre.y, outer).fill(COLORS.accent);
  doc.circle(centre.x, centre.y, outer * 0.58).fill('#ffffff');
  doc.circle(centre.x, centre.y, outer * 0.5).fill(COLORS.accent);
  doc.circle(centre.x, centre.y, outer * 0.16).fill('#ffffff');
  for (let bolt = 0; bolt < BOLTS; bolt += 1) {
    const angle = (bolt / BOLTS) * 2 * Math.PI - Math.PI / 2;
    doc.circle(
      centre.x + Math.cos(angle) * outer * 0.32,
      centre.y + Math.sin(angle) * outer * 0.32,
      outer * 0.07,
    );
    doc.fill('#ffffff');
  }
  drawVents(doc, centre, outer);
}

/** The slots between the two faces of the disc. */
function drawVents(
  doc: InstanceType<typeof PDFDocument>,
  centre: { x: number; y: number },
  outer: number,
): void {
  const slots = 16;
  doc
    .lineWidth(outer * 0.07)
    .lineCap('round')
    .strokeColor('#ffffff');
  for (let slot = 0; slot < slots; slot += 1) {
    const angle = (slot / slots) * 2 * Math.PI;
    const lean = angle + 0.16;
    doc
      .moveTo(centre.x + Math.cos(angle) * outer * 0.7, centre.y + Math.sin(angle) * outer * 0.7)
      .lineTo(centre.x + Math.cos(lean) * outer * 0.87, centre.y + Math.sin(lean) * outer * 0.87)
      .stroke();
  }
}
