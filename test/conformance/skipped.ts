/** Why a case cannot be run: something beside the service is missing, or it would take too long. */
export class Skipped extends Error {}
