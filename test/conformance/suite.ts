import { account } from './cases/account.ts';
import { conflicts } from './cases/conflicts.ts';
import { errors } from './cases/errors.ts';
import { exactlyOnce } from './cases/exactly-once.ts';
import { isolation } from './cases/isolation.ts';
import { newPasswords } from './cases/new-password.ts';
import { pokes } from './cases/pokes.ts';
import { prices } from './cases/prices.ts';
import { reading } from './cases/reading.ts';
import { refusals } from './cases/refusals.ts';
import { sessions } from './cases/sessions.ts';
import { signUps } from './cases/sign-up.ts';
import type { Group } from './case.ts';

/** All that an account service has to do, as far as it can be seen over HTTP. */
export const suite: readonly Group[] = [
  sessions,
  account,
  errors,
  reading,
  exactlyOnce,
  refusals,
  conflicts,
  isolation,
  pokes,
  prices,
  signUps,
  newPasswords,
];
