/** What is said about a text while it is typed. `quiet`: how far it is. `warn`: it may be kept all the same. `bad`: it cannot be kept so. */
export type Advice = { tone: 'quiet' | 'warn' | 'bad'; text: string };
