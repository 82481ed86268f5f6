import { hash, verify } from '@node-rs/argon2';

/** RFC 9106's argon2id. `memoryKiB` and `passes` are its m and t. */
export interface PasswordCost {
  memoryKiB: number;
  passes: number;
}

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
export const PASSWORD_COST: PasswordCost = { memoryKiB: 19_456, passes: 2 };

/** Computations that may wait at once; each holds 19 MiB while it runs, and four run at a time. */
const MAX_WAITING = 64;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** With a salt that is given, to compare it with others of that salt; undefined when too many wait already. */
  hashWith(password: string, salt: Buffer): Promise<string | undefined>;
  /** Without a hash (no such account) it works just as long and answers false. `busy` when too many wait already. */
  verify(password: string, stored: string | undefined): Promise<boolean | 'busy'>;
}

/** NFKC: the same password typed on two keyboards may arrive composed in two ways. */
const bytes = (password: string) => password.normalize('NFKC');

export function makePasswords(cost: PasswordCost = PASSWORD_COST): Passwords {
  // 2 is Algorithm.Argon2id, a const enum that type stripping cannot read.
  const options = { algorithm: 2, memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1 };
  let waiting = 0;
  let decoy: Promise<string> | undefined;
  async function inTurn<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (waiting >= MAX_WAITING) return undefined;
    waiting += 1;
    try {
      return await work();
    } finally {
      waiting -= 1;
    }
  }
  return {
    hash: (password) => hash(bytes(password), options),
    hashWith: (password, salt) => inTurn(() => hash(bytes(password), { ...options, salt })),
    verify: async (password, stored) => {
      const matches = await inTurn(async () => {
        decoy ??= hash('the password of nobody', options);
        return verify(stored ?? (await decoy), bytes(password));
      });
      return matches === undefined ? 'busy' : stored !== undefined && matches;
    },
  };
}
