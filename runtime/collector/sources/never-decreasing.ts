type Counters = ReadonlyMap<string, bigint>;

/**
 * Keeps counters from falling when the kernel starts one again from 0, as psutil's `nowrap=True`: what had been counted
 * is added from then on. An interface that goes away is forgotten.
 */
export function createUnwrapper() {
  let last: ReadonlyMap<string, Counters> = new Map();
  let lost = new Map<string, Map<string, bigint>>();
  return (interfaces: ReadonlyMap<string, Counters>): Map<string, Counters> => {
    const stillLost = new Map<string, Map<string, bigint>>();
    const shown = new Map<string, Counters>();
    for (const [name, counters] of interfaces) {
      const offsets = lost.get(name) ?? new Map<string, bigint>();
      for (const [counter, value] of counters) {
        const before = last.get(name)?.get(counter) ?? 0n;
        if (value < before) offsets.set(counter, (offsets.get(counter) ?? 0n) + before);
      }
      stillLost.set(name, offsets);
      shown.set(
        name,
        new Map([...counters].map(([counter, value]) => [counter, value + (offsets.get(counter) ?? 0n)])),
      );
    }
    last = interfaces;
    lost = stillLost;
    return shown;
  };
}
