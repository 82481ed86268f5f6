import type { MadeChange } from '#shared/ipc/changes.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type { MutationCall } from '#shared/mutations/all.ts';

/** Makes one of many changes of one account, whichever is shown by then: kept on this computer when it answers, shown a moment later. */
export type MakeChange = (call: MutationCall) => Promise<Result<MadeChange>>;
