import { fold } from '#shared/domain/fold.ts';
import type { DatasetFacts } from '../data/dataset.ts';
import { byVehicleAndStatus, scan, search, sums } from '../floors/queries.ts';
import { SUMS_FROM } from '../data/dataset.ts';
import { openFloor } from '../floors/rows.ts';
import { answer, programInput } from '../lib/program.ts';
import { p95, times } from '../lib/repeat.ts';
import { median } from '../lib/stats.ts';

/** The bare queries of lists, search and sums on an L1 database. */
const { file, facts } = programInput<{ file: string; facts: DatasetFacts }>();
const db = openFloor(file);
const list = byVehicleAndStatus(db);
const find = search(db);
const like = scan(db);
const listP95 = await p95(facts.lists, ({ vehicle, status }) => list(vehicle, status));
const searchP95 = await p95(facts.searches, (text) => find(fold(text)));
const likeP95 = await p95(facts.searches.slice(0, 40), (text) => like(fold(text)));
const sumsMs = median(await times(Array.from({ length: 20 }), () => sums(db, SUMS_FROM)));
db.close();
answer({ listP95, searchP95, likeP95, sumsMs });
