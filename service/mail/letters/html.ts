import type { Frame, Letter } from './letter.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one);

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MONO = "font-family:ui-monospace,SFMono-Regular,Consolas,'Liberation Mono',monospace";

/** Mail programs that follow the reader's dark mode read this; the others see the inline colours. */
const DARK = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background: #14171c !important; }
    .card { background: #1d2127 !important; border-color: #333a44 !important; }
    .ink { color: #e8ebf0 !important; }
    .quiet { color: #a5adba !important; }
    .box { background: #272c34 !important; border-color: #3a424e !important; }
    .link { color: #4fc3cc !important; }
  }`;

const paragraph = (text: string) =>
  `<p class="ink" style="margin:0 0 16px;color:#1a1f27;font-size:16px;line-height:24px">${escapeHtml(text)}</p>`;

const quietParagraph = (text: string) =>
  `<p class="quiet" style="margin:0 0 8px;color:#566070;font-size:14px;line-height:20px">${escapeHtml(text)}</p>`;

/** Each value below its label: beside it, an address would not fit a telephone. */
const factsBlock = (facts: { label: string; value: string }[]) =>
  facts
    .map(
      ({ label, value }) =>
        `<p class="quiet" style="margin:0;color:#566070;font-size:13px;line-height:18px">${escapeHtml(label)}</p>` +
        `<p class="ink" style="margin:0 0 12px;color:#1a1f27;font-size:15px;line-height:22px;word-break:break-word">${escapeHtml(value)}</p>`,
    )
    .join('\n');

/** A button, and the address beneath it for whoever cannot or would rather not press it. */
function actionBlock({ label, link }: { label: string; link: string }): string {
  const href = escapeHtml(link);
  return (
    `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 16px"><tr>` +
    `<td style="border-radius:8px;background:#0b6b75"><a href="${href}" target="_blank" rel="noopener" style="display:inline-block;padding:12px 24px;border-radius:8px;color:#ffffff;font-size:16px;line-height:24px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></td>` +
    `</tr></table>` +
    `<p style="margin:0 0 16px;font-size:13px;line-height:18px;word-break:break-all"><a class="link" href="${href}" target="_blank" rel="noopener" style="color:#0b6b75">${href}</a></p>`
  );
}

const codeBlock = ({ label, code }: { label: string; code: string }) =>
  `${quietParagraph(label)}<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px"><tr>` +
  `<td class="box ink" style="padding:12px 16px;border:1px solid #d5dae2;border-radius:8px;background:#f4f6f9;color:#1a1f27;${MONO};font-size:28px;line-height:36px;font-weight:600;letter-spacing:2px;white-space:nowrap">${escapeHtml(code)}</td>` +
  `</tr></table>`;

/** The mail as a page: tables and inline styles, as mail programs want them; no image, nothing from elsewhere. */
export function htmlOf(letter: Letter, { sender, signature, language }: Frame): string {
  const { subject, greeting, paragraphs, facts = [], action, code, closing } = letter;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${DARK}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef1f5">
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef1f5;${FONT}">
<tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;text-align:left">
<tr><td class="ink" style="padding:0 8px 16px;color:#1a1f27;font-size:15px;line-height:20px;font-weight:600">${escapeHtml(sender)}</td></tr>
<tr><td class="card" style="padding:32px 28px 24px;border:1px solid #dde2e9;border-radius:12px;background:#ffffff">
<h1 class="ink" style="margin:0 0 16px;color:#1a1f27;font-size:22px;line-height:28px;font-weight:650">${escapeHtml(subject)}</h1>
${[greeting, ...paragraphs].map(paragraph).join('\n')}
${factsBlock(facts)}
${action ? actionBlock(action) : ''}
${code ? codeBlock(code) : ''}
${closing.map(quietParagraph).join('\n')}
</td></tr>
<tr><td class="quiet" style="padding:16px 8px 0;color:#566070;font-size:12px;line-height:18px">${escapeHtml(signature)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}
