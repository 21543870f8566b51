import type { Actor } from '#lib/schemas/record';

/** Who did something: a person, or the environment of a runtime. */
export function Who({ by }: { by: Actor }) {
  if (by.kind === 'user') return <span title={`uid ${by.uid}`}>{by.name}</span>;
  return <span title={`declared on ${by.host}`}>deployment</span>;
}
