/** A version by its number, or what is in the editor. */
export type Selectable = number | 'draft';

/** What is compared with what, the older one first. */
export type Pair = { before: number; after: Selectable };

/** Selects one more, at most two; a second click takes it out. */
export function toggled(selected: readonly Selectable[], one: Selectable): readonly Selectable[] {
  return selected.includes(one) ? selected.filter((each) => each !== one) : [...selected.slice(-1), one];
}

/**
 * Two that are selected are compared with one another; one alone with the live one, and the live one with the draft if
 * there is one, else with the version before it. Null when there is nothing to compare.
 */
export function pairOf(
  selected: readonly Selectable[],
  { live, hasDraft, numbers }: { live: number | null; hasDraft: boolean; numbers: readonly number[] },
): Pair | null {
  const [first, second = other()] = selected;
  if (first === undefined || second === null || first === second) return null;
  const [before, after] = [first, second].sort((a, b) => rank(a) - rank(b));
  return typeof before === 'number' && after !== undefined ? { before, after } : null;

  function other(): Selectable | null {
    if (selected[0] !== live) return live;
    return hasDraft ? 'draft' : (numbers.find((number) => number < (live ?? 0)) ?? null);
  }
}

const rank = (each: Selectable) => (each === 'draft' ? Number.POSITIVE_INFINITY : each);
