/** A challenger must be this much higher, or two near-equal series would change places with every result. */
const MARGIN = 2;

/** The names of the `count` highest values, highest first, which keeps those it had unless others are clearly higher. */
export function highest(kept: readonly string[], values: ReadonlyMap<string, number>, count: number): string[] {
  const score = (name: string) => (values.get(name) ?? 0) + (kept.includes(name) ? MARGIN : 0);
  const top = [...values.keys()].sort((a, b) => score(b) - score(a)).slice(0, count);
  return top.sort((a, b) => (values.get(b) ?? 0) - (values.get(a) ?? 0));
}

/** A colour for each shown series: the one it had, or else the lowest that no other one uses. */
export function assignSlots(
  had: ReadonlyMap<string, number>,
  shown: readonly string[],
  first: number,
): Map<string, number> {
  const slots = new Map(shown.flatMap((name) => (had.has(name) ? [[name, had.get(name) ?? first]] : [])));
  const taken = new Set(slots.values());
  for (const name of shown) {
    if (slots.has(name)) continue;
    let slot = first;
    while (taken.has(slot)) slot += 1;
    taken.add(slot);
    slots.set(name, slot);
  }
  return slots;
}
