const QUIET_TURNS = 3;
const MOST_TURNS = 20_000;

/** Counts whatever moves in a world, so that one can wait until nothing does. */
export class Stir {
  count = 0;

  /** Lets everything run that can run without time passing or a request being answered. */
  async settle(): Promise<void> {
    let seen = -1;
    let quiet = 0;
    for (let turn = 0; quiet < QUIET_TURNS; turn += 1) {
      if (turn > MOST_TURNS) throw new Error('the engines never come to rest');
      await new Promise<void>((resume) => setImmediate(resume));
      quiet = this.count === seen ? quiet + 1 : 0;
      seen = this.count;
    }
  }
}
