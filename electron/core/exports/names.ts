/** Not allowed in file names on at least one system that people use, or able to leave the folder. */

const UNSAFE = /[\u0000-\u001f\u007f<>:"/\\|?*]+/g;

/** Makes a file name of each invoice number; a second one of the same name, whatever its case, gets a number of its own. */
export function uniqueNames(): (number: string) => string {
  const taken = new Set<string>();
  return (number) => {
    const stem = number.replace(UNSAFE, '_').replace(/^[. ]+|[. ]+$/g, '') || '_';
    let name = `${stem}.pdf`;
    for (let copy = 2; taken.has(name.toLowerCase()); copy += 1) name = `${stem} (${copy}).pdf`;
    taken.add(name.toLowerCase());
    return name;
  };
}
