import type { Strength } from './strength.ts';
import { strengthOf } from './strength.ts';

export type StrengthQuestion = { password: string; ownData: string[] };
export type StrengthAnswer = { password: string; strength: Strength };

/** What of a worker's global scope is used here; the types of the window have no name for it. */
interface Scope {
  onmessage: ((event: MessageEvent<StrengthQuestion>) => void) | null;
  postMessage: (answer: StrengthAnswer) => void;
}

const scope = self as unknown as Scope;
scope.onmessage = ({ data: { password, ownData } }) => {
  scope.postMessage({ password, strength: strengthOf(password, ownData) });
};
