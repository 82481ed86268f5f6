import { hangUp, pages } from '../floors/pages.ts';
import { answer, programInput } from '../lib/program.ts';

/** Fetches and parses the whole feed, and keeps nothing. */
const { url } = programInput<{ url: string }>();
const started = performance.now();
let changes = 0;
for await (const page of pages(url)) changes += page.changes.length;
const ms = performance.now() - started;
hangUp();
answer({ ms, changes });
