/* Apart from the schemas, so that a screen which only needs the limits does not carry zod. */

export const MOST_BASKET_LINES = 5000;
/** Pieces of one line. */
export const MOST_QUANTITY = 9999;
