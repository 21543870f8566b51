/** The value with each of its parts, one after another, gone or of another type. */
export function* spoiled(value: unknown): Generator<unknown> {
  for (const other of [undefined, null, 'x', 7, false, -1, [], {}]) yield other;
  if (typeof value !== 'object' || value === null) return;
  for (const [field, part] of Object.entries(value)) {
    for (const other of spoiled(part)) {
      const copy = structuredClone(value);
      Reflect.set(copy, field, other);
      yield copy;
    }
  }
}
