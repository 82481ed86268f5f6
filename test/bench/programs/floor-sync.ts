import { hangUp, pages } from '../floors/pages.ts';
import { openFloor, pageWriter } from '../floors/rows.ts';
import { answer, programInput } from '../lib/program.ts';
import { databaseMb } from '../lib/disk.ts';

/** L0, or L1 with the text: the whole feed into an empty database. */
const { url, file, text } = programInput<{ url: string; file: string; text: boolean }>();
const started = performance.now();
const db = openFloor(file, { create: text ? 'rows and text' : 'rows' });
const write = pageWriter(db);
for await (const page of pages(url)) write(page);
const ms = performance.now() - started;
db.close();
hangUp();
answer({ ms, mb: databaseMb(file) });
