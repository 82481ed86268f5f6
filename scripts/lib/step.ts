/** One line of set-up news. Always on stderr: stdout belongs to the program being started. */
export function say(line: string): void {
  process.stderr.write(`· ${line}\n`);
}
