import { createHash } from 'node:crypto';

/** The app's own colours and measures (renderer/src/ui/tokens.css), larger as the web wants it. */
export const STYLE = `
:root { color-scheme: light dark; --background: #f6f7f8; --surface: #fff; --line: #e1e5e8; --edge: #7d8b96; --ink: #14202b; --ink-2: #50606d;
  --accent: #0b6b75; --on-accent: #fff; --ok: #1b7a44; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --background: #0f1519; --surface: #151d22; --line: #25313a; --edge: #7a8a95; --ink: #e8eef2;
  --ink-2: #a6b4be; --accent: #4fc3cc; --on-accent: #06272b; --ok: #6fd39a; --bad: #ff9a90; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 48px 16px; background: var(--background); color: var(--ink);
  font: 16px/24px Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
.whole { max-width: 440px; margin: 0 auto; }
.shop { margin: 0 8px 12px; font-size: 14px; line-height: 20px; font-weight: 600; color: var(--ink-2); }
main { padding: 28px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); overflow-wrap: anywhere; }
h1 { margin: 0 0 12px; font-size: 22px; line-height: 28px; font-weight: 650; }
p { margin: 0 0 16px; }
.quiet { color: var(--ink-2); font-size: 14px; line-height: 20px; }
dl { margin: 0 0 16px; padding: 12px 0; border: 1px solid var(--line); border-width: 1px 0; }
dt { color: var(--ink-2); font-size: 13px; line-height: 18px; }
dd { margin: 0 0 8px; font-weight: 500; }
dd:last-child { margin: 0; }
form { margin: 0 0 16px; }
label { display: block; margin: 0 0 4px; font-weight: 500; }
input { display: block; width: 100%; min-height: 44px; margin: 0 0 16px; padding: 8px 12px; border: 1px solid var(--edge); border-radius: 8px;
  background: var(--surface); color: var(--ink); font: inherit; }
input[aria-invalid] { border-color: var(--bad); }
button, .open { display: block; width: 100%; min-height: 44px; padding: 9px 16px; border: 1px solid var(--accent); border-radius: 8px;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
.open { margin: 0 0 16px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
ul { margin: 0 0 16px; padding: 0; list-style: none; font-size: 14px; line-height: 20px; color: var(--ink-2); }
li { padding: 2px 0 2px 22px; text-indent: -22px; }
li::before { display: inline-block; width: 22px; text-indent: 0; content: '\\2022'; }
li.good::before { content: '\\2713'; color: var(--ok); }
li.bad { color: var(--bad); font-weight: 500; }
li.bad::before { content: '\\2717'; }
.alert { padding: 10px 12px; border: 1px solid var(--bad); border-radius: 8px; color: var(--bad); font-weight: 500; }
.done::before { content: '\\2713\\a0'; color: var(--ok); }
main > :last-child, form > :last-child { margin-bottom: 0; }
@media (max-width: 400px) { body { padding: 16px 8px; } main { padding: 20px 16px; } }
@media (forced-colors: active) { button, .open { border: 2px solid; } }
`;

const hash = createHash('sha256').update(STYLE).digest('base64');

/** Nothing but that style and forms to ourselves; in nobody's frame. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
