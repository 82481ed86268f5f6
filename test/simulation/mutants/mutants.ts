/** One way to break the engine or the service on purpose: a text that stands once in a file, and what takes its place. */
export interface Mutant {
  name: string;
  /** What a program broken so would do to people. */
  breaks: string;
  file: string;
  find: string;
  replace: string;
}
