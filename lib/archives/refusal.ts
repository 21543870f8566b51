/** Why an archive is not taken: the entry at fault, null when it is the archive itself, and the rule that it breaks. */
export type Refusal = { kind: 'refused'; entry: string | null; rule: string };

/** How the readers in this folder say no to one another; callers outside get a {@link Refusal}. */
export class RefusedArchive extends Error {
  readonly refusal: Refusal;

  constructor(rule: string, entry: string | null = null, options?: ErrorOptions) {
    const shown = entry === null ? null : printable(entry);
    super(describeRefusal({ entry: shown, rule }), options);
    this.name = 'RefusedArchive';
    this.refusal = { kind: 'refused', entry: shown, rule };
  }
}

export function describeRefusal({ entry, rule }: Omit<Refusal, 'kind'>): string {
  return entry === null ? rule : `${entry}: ${rule}`;
}

/** The refusal that was thrown; anything else is a fault of ours and rises. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof RefusedArchive) return thrown.refusal;
  throw thrown;
}

const MAX_SHOWN = 120;

/** Names come from strangers: control characters are shown escaped, endless ones cut. */
function printable(name: string): string {
  const cut = name.length > MAX_SHOWN ? `${name.slice(0, MAX_SHOWN)}…` : name;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
