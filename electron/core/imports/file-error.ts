import type { UnreadableReason } from '#shared/ipc/errors.ts';

/** Why a file that someone chose is not what it should be. The message is technical, English, and free of what is in it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly reason: UnreadableReason | undefined;

  constructor(message: string, reason?: UnreadableReason) {
    super(message);
    this.reason = reason;
  }
}
