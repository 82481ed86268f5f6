import type { KeptMail } from './mail-keeper.ts';
import { words } from './words.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one);

/** The whole inbox: the list, and the chosen mail in a frame that can run nothing. */
export function pageOf(
  mails: readonly KeptMail[],
  chosen: KeptMail | undefined,
  language: 'fr' | 'en',
): string {
  const { title, about, choose, hint, to } = words[language];
  const reader = chosen
    ? `<header><h2>${escapeHtml(chosen.subject)}</h2><p>${to} ${escapeHtml(chosen.to)}</p></header>
<iframe title="${escapeHtml(chosen.subject)}" src="/mails/${chosen.id}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
    : `<p class="empty">${mails.length === 0 ? hint : choose}</p>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/inbox.css">
<script src="/inbox.js" defer></script>
</head>
<body>
<nav aria-label="${title}"><h1>${title}</h1><p>${about}</p><div id="list">${listOf(mails, chosen, language)}</div></nav>
<main>${reader}</main>
</body>
</html>
`;
}

/** The list alone, which the page asks for again and again. */
export function listOf(
  mails: readonly KeptMail[],
  chosen: KeptMail | undefined,
  language: 'fr' | 'en',
): string {
  if (mails.length === 0) return `<p class="empty">${words[language].none}</p>`;
  const times = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const items = mails.map(
    ({ id, subject, to, at }) =>
      `<li><a href="/?mail=${id}"${id === chosen?.id ? ' aria-current="true"' : ''}><strong>${escapeHtml(subject)}</strong>` +
      `<span>${escapeHtml(to)}</span><time datetime="${new Date(at).toISOString()}">${escapeHtml(times.format(at))}</time></a></li>`,
  );
  return `<ol>${items.join('')}</ol>`;
}

/** A mail for its frame; one without HTML as its text. */
export const mailPageOf = ({ html, text, subject }: KeptMail): string =>
  html ||
  `<!doctype html><meta charset="utf-8"><title>${escapeHtml(subject)}</title><pre>${escapeHtml(text)}</pre>`;

/** Looks for new mails; opens the newest where none was chosen. */
export const SCRIPT = `'use strict';
const list = document.getElementById('list');
async function look() {
  const response = await fetch('/list' + location.search);
  if (!response.ok) return;
  const html = await response.text();
  if (html === list.dataset.shown) return;
  if (list.dataset.shown !== undefined && location.search === '') location.reload();
  list.dataset.shown = html;
  const focused = document.activeElement?.getAttribute('href');
  list.innerHTML = html;
  if (focused) list.querySelector('[href="' + focused + '"]')?.focus();
}
list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
const again = () => look().catch(() => undefined).finally(() => setTimeout(again, 1500));
again();
`;

export const STYLE = `
:root { color-scheme: light dark; --ground: #eef1f5; --card: #fff; --ink: #1a1f27; --quiet: #566070; --line: #dde2e9; --accent: #1d4fd7; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171c; --card: #1d2127; --ink: #e8ebf0; --quiet: #a5adba; --line: #333a44; --accent: #8db4ff; }
}
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: grid; grid-template-columns: minmax(16rem, 24rem) 1fr; background: var(--ground); color: var(--ink); font: 15px/1.4 system-ui, sans-serif; }
nav { overflow: auto; padding: 1.25rem 1rem; background: var(--card); border-right: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.25rem; }
nav > p, .empty, header p, span, time { color: var(--quiet); }
ol { margin: 1rem 0 0; padding: 0; list-style: none; display: grid; gap: 4px; }
a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 8px; padding: 10px 12px; border-radius: 8px; color: inherit; text-decoration: none; }
a strong { grid-column: 1 / -1; font-weight: 600; }
a span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
span, time { font-size: 13px; }
a:hover, a[aria-current] { background: var(--ground); }
a[aria-current] { box-shadow: inset 3px 0 var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
main { display: grid; grid-template-rows: auto 1fr; min-width: 0; }
main > .empty { padding: 2rem; }
header { padding: 1.25rem 1.5rem 1rem; background: var(--card); border-bottom: 1px solid var(--line); }
h2, header p { margin: 0; font-size: 1.1rem; }
header p { font-size: 14px; margin-top: 4px; }
iframe { width: 100%; height: 100%; border: 0; }
@media (max-width: 640px) {
  body { grid-template-columns: 1fr; grid-template-rows: minmax(8rem, 35vh) 1fr; }
  nav { border-right: 0; border-bottom: 1px solid var(--line); }
}
`;
