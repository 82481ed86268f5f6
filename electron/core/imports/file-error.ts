/** Why a file that someone chose is not what it should be: technical, English, and free of what is in it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
