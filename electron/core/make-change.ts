import type { MadeChange } from '#shared/ipc/changes.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type { MutationCall } from '#shared/mutations/all.ts';

/** Makes a change as the window does: kept on this computer and shown when it answers. */
export type MakeChange = (call: MutationCall) => Promise<Result<MadeChange>>;
