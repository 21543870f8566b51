export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** What the environment says, under canonical names. */
export type Resolved = {
  /** Canonical name → text, for every setting that has a value. */
  values: Record<string, string>;
  /** Canonical name → the alias that supplied the value. */
  suppliedBy: Record<string, string>;
  /** One sentence for each value that came from an alias, and for each that was ignored. */
  notes: string[];
  problems: string[];
};

/** The text that the environment gives a name; empty counts as not set. */
export function given(env: RawEnvironment, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value.trim() === '' ? undefined : value;
}

/** Takes an alias's value, and remembers whose it is. */
export function supply(into: Resolved, canonical: string, value: string, alias: string): void {
  into.values[canonical] = value;
  into.suppliedBy[canonical] = alias;
  into.notes.push(`${canonical} comes from ${alias}`);
}

export function disagreement(canonical: string, a: string, b: string): string {
  return `${a} and ${b} both set ${canonical}, to different values: keep one of them`;
}

export function ignoredNote(canonical: string, names: readonly string[]): string {
  return `${canonical} is set, so ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} ignored`;
}
