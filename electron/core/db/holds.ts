/** What the database holds at the start of a transaction: what is not there needs no upkeep. */
export interface Holds {
  /** The search tables, built after the first read. */
  search: boolean;
  /** Records of files of invoices. */
  files: boolean;
}
