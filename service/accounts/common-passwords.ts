import { dictionary } from '@zxcvbn-ts/language-common';
import { fold } from '#shared/domain/fold.ts';

/** What customers of a shop for car parts in France think of first, and the lists of the world have not. */
const OF_THE_SHOP = [
  'oscaro',
  'oscaro.com',
  'pieceauto',
  'piecesauto',
  'piecedetachee',
  'garagiste',
  'mecano',
];

const common = new Set([...dictionary['passwords-common'], ...OF_THE_SHOP].map(fold));

/** Whether a folded text is one of some 49,000 passwords that are tried first. */
export const isCommonPassword = (text: string): boolean => common.has(text);
