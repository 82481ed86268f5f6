/**
 * Makes something that outlives the component in whose set-up it is made. What is derived in a component ends with it: read afterwards, it
 * keeps its last value whatever changes. Its maker keeps it for as long as the window lives.
 */
export function outliving<T>(make: () => T): T {
  let made: { value: T } | undefined;
  $effect.root(() => {
    made = { value: make() };
  });
  if (!made) throw new Error('a root runs at once');
  return made.value;
}
