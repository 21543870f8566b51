import type { Language } from '#lib/schemas/function';

/** A single file as a draft begins with it: a version's text, or a beginning where there is none. */
export type FileBase = {
  /** Null where nobody has deployed any code yet. */
  number: number | null;
  language: Language;
  text: string;
};

/** An archive cannot be edited here, only looked at. */
export type ArchiveBase = { number: number; names: readonly string[]; bytes: number; entry: string | null };

/** The code that runs, as the page shows it. */
export type CodeBase = ({ kind: 'file' } & FileBase) | ({ kind: 'archive' } & ArchiveBase);

export const LANGUAGES = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
} as const satisfies Record<Language, string>;

export const FILE_NAMES = {
  python: 'usermodule.py',
  javascript: 'usermodule.mjs',
  typescript: 'usermodule.mts',
} as const satisfies Record<Language, string>;

const JAVASCRIPT = `export function handler(input, context) {
  context.env.calls = (context.env.calls ?? 0) + 1;
  return { calls: context.env.calls };
}
`;

/** The least that runs, and shows what a handler gets and where its state is. */
export const BEGINNINGS = {
  python: `def handler(input, context):
    context.env["calls"] = context.env.get("calls", 0) + 1
    return {"calls": context.env["calls"]}
`,
  javascript: JAVASCRIPT,
  typescript: JAVASCRIPT.replace(
    'input, context',
    'input: Record<string, unknown>, context: { env: Record<string, number> }',
  ),
} as const satisfies Record<Language, string>;
