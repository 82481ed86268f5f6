/** Of the code that stands before the app. Digits alone make a PIN, anything else a pass phrase. */
export const CODE_LENGTH = { min: 4, max: 128 } as const;
