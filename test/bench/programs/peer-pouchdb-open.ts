import { diskReadsKb } from '../lib/disk.ts';
import { answer, programInput } from '../lib/program.ts';
import { peerModule } from '../peers/modules.ts';

const { peers, path } = programInput<{ peers: string; path: string }>();
const { default: PouchDB } = await peerModule(peers, 'pouchdb');
const db = new PouchDB(path);
const { rows } = await db.allDocs({ descending: true, limit: 50, include_docs: true });
answer({ rows: rows.length, readKb: diskReadsKb() });
