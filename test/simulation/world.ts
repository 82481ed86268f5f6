import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '#core/api.ts';
import type { PushRequest } from '#shared/protocol/push.ts';
import type { Account } from './account.ts';
import { checkBase, checkBounds, checkChanges, checkCounts, checkIsolation, checkShown } from './checks.ts';
import { CHANGE } from '#core/db/codes.ts';
import type { LiveService } from './live-service.ts';
import { roomyTmp } from './live-service.ts';
import type { Flight } from './network.ts';
import { checkOwnFields } from './own-fields.ts';
import { Random } from './random.ts';
import { Replica } from './replica.ts';
import { makeAccounts } from './settlers.ts';
import { Stir } from './settle.ts';
import type { StillClock } from './still-clock.ts';
import { short, Trace } from './trace.ts';
import { demand, Violation } from './violation.ts';
import { VirtualTime } from './virtual-time.ts';
import type { Weather } from './weather.ts';
import { weatherOf } from './weather.ts';

const MOST_PUSHED = 100;
const MOST_PUSH_BYTES = 256 * 1024;

/** Everything that one seed decides: a service, its accounts, their computers, the network between them, and the time. */
export class World {
  readonly seed: number;
  readonly service: LiveService;
  readonly trace: Trace;
  readonly random: Random;
  readonly weather: Weather;
  readonly time = new VirtualTime();
  readonly stir = new Stir();
  readonly root = mkdtempSync(join(roomyTmp(), 'simulation-world-'));
  accounts: Account[] = [];
  readonly replicas: Replica[] = [];
  /** How the accounts stood when the service was backed up. */
  readonly backups: {
    name: string;
    models: Map<string, { model: ReturnType<Account['model']['backup']>; takenAs: Map<string, string> }>;
  }[] = [];
  /** Ids that belong to each account. */
  readonly owned = new Map<string, Set<string>>();
  /** Faults have ended: everything is to come to rest. */
  calm = false;
  #flights = 0;
  readonly #checked = new Map<Replica, number>();

  constructor(seed: number, service: LiveService, stillClock: StillClock, print?: (line: string) => void) {
    this.seed = seed;
    this.service = service;
    this.trace = new Trace(print);
    this.random = new Random(seed);
    this.weather = weatherOf(new Random(seed, 1));
    stillClock.reset(this.weather.stopwatchMs);
    service.now = () => this.time.now();
  }

  async populate(): Promise<void> {
    const { accounts, replicas } = this.weather;
    this.accounts = await makeAccounts(this, accounts);
    for (let n = 0; n < replicas; n += 1) {
      const account = this.accounts[n % this.accounts.length] as Account;
      const replica = new Replica(`R${n + 1}`, account, this.seed, n, {
        root: this.root,
        time: this.time,
        stir: this.stir,
        nextFlight: () => (this.#flights += 1),
        onRequest: (who, flight) => this.#noting(() => this.#onRequest(who, flight)),
        onProblem: (who, what) => this.#onProblem(who, what),
      });
      this.replicas.push(replica);
    }
  }

  note(line: string): void {
    this.trace.add(`${(this.time.elapsed / 1000).toFixed(1)} ${line}`);
  }

  settle(): Promise<void> {
    return this.stir.settle();
  }

  /** What the person at that computer asks of the engine; answers undefined when the process died meanwhile. */
  async call<T>(
    replica: Replica,
    what: string,
    ask: (engine: Engine) => T | Promise<T>,
  ): Promise<T | undefined> {
    const { running } = replica;
    if (!running) throw new Error(`${replica.name} does not run`);
    const idsBefore = running.ids.length;
    let result: { value: T } | { thrown: unknown } | undefined;
    const run = async (): Promise<T> => ask(running.engine);
    run().then(
      (value) => (result = { value }),
      (thrown: unknown) => (result = { thrown }),
    );
    await this.settle();
    if (running.disk.dead) {
      for (const id of running.ids.slice(idsBefore)) replica.disk.maybe.add(id);
      return undefined;
    }
    demand(result !== undefined, 0, `${replica.name} never answers ${what}`);
    if ('thrown' in result) {
      const error = result.thrown;
      throw error instanceof Violation
        ? error
        : new Violation(
            0,
            `${replica.name} threw at ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
    }
    return result.value;
  }

  /** Buries processes that died at a write, and looks whether everything is as it must be. */
  async check(thorough = this.random.chance(0.15)): Promise<void> {
    await this.buryTheDead();
    for (const replica of this.replicas) {
      // What has written nothing is as it was.
      const writes = replica.running?.disk.writes ?? 0;
      if (!thorough && this.#checked.get(replica) === writes) continue;
      this.checkReplica(replica, thorough);
      this.#checked.set(replica, writes);
    }
  }

  async buryTheDead(): Promise<void> {
    for (const replica of this.replicas) {
      if (replica.running?.disk.dead !== true) continue;
      await replica.kill();
      this.note(`${replica.name} was killed at a write`);
    }
  }

  checkReplica(replica: Replica, thorough: boolean): void {
    if (!replica.running || !replica.known || replica.spoiled) return;
    const rows = replica.tables.changes();
    checkChanges(replica, rows);
    checkBase(replica);
    checkCounts(replica, rows);
    checkOwnFields(replica, rows);
    if (!thorough) return;
    checkShown(replica, rows);
    checkBounds(replica, this.time);
    checkIsolation(replica, this.#foreignTo(replica.account));
  }

  /** Adopts what an operation that succeeded has made. */
  adopt(replica: Replica, counts = 0): void {
    for (const row of replica.tables.changes())
      if (!replica.disk.accepted.has(row.id))
        replica.disk.accepted.set(row.id, { id: row.id, name: row.name, counts });
  }

  own(account: Account, id: string): void {
    const ids = this.owned.get(account.id) ?? new Set<string>();
    this.owned.set(account.id, ids.add(id));
  }

  async end(): Promise<void> {
    for (const replica of this.replicas) {
      if (!replica.running) continue;
      replica.running.disk.dead = true;
      await replica.kill();
    }
    rmSync(this.root, { recursive: true, force: true });
    this.service.dropBackups();
  }

  #foreignTo(account: Account): Set<string> {
    return new Set(
      this.accounts
        .filter((other) => other !== account)
        .flatMap((other) => [...(this.owned.get(other.id) ?? [])]),
    );
  }

  /** What leaves must be allowed to leave. */
  #onRequest(replica: Replica, flight: Flight): void {
    if (flight.route !== '/v1/sync/push') return;
    const body = flight.body ?? '';
    const { mutations } = JSON.parse(body) as PushRequest;
    demand(
      mutations.length <= MOST_PUSHED && Buffer.byteLength(body) <= MOST_PUSH_BYTES,
      8,
      `${replica.name} pushes too much at once`,
    );
    const states = new Map(replica.tables.changes().map((row) => [row.id, row.state]));
    // What a person has asked for in this moment may leave before they are answered.
    const justMade = new Set(replica.running?.ids);
    for (const [index, { id, seq, name }] of mutations.entries()) {
      demand(seq === (mutations[0]?.seq ?? 0) + index, 1, `${replica.name} pushes with a gap`);
      const accepted = replica.disk.accepted.get(id);
      demand(
        accepted !== undefined || replica.disk.maybe.has(id) || justMade.has(id),
        2,
        `${replica.name} pushes what nobody made: ${name} ${short(id)}`,
      );
      demand(
        name === 'noop' || accepted === undefined || accepted.name === name,
        2,
        `${replica.name} pushes ${name} for ${accepted?.name}`,
      );
      demand(
        (states.get(id) ?? CHANGE.waiting) !== CHANGE.waiting,
        2,
        `${replica.name} pushes ${name} ${short(id)} without having noted it`,
      );
    }
    flight.unsend = replica.disk.noteSent(mutations);
  }

  #onProblem(replica: Replica, what: string): void {
    if (replica.spoiled || (replica.everSpoiled && /is damaged/.test(what))) return;
    this.problem ??= new Violation(0, `${replica.name} logged an error: ${what}`);
  }

  /** What goes wrong inside a call of the engine: thrown there, it would be taken for a network that fails. */
  problem: Violation | undefined;

  #noting(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      this.problem ??= error;
    }
  }
}
