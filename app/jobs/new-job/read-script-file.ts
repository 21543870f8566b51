import type { JobLanguage } from '#lib/schemas/job';

const LANGUAGES: readonly (readonly [RegExp, JobLanguage])[] = [
  [/\.py$/i, 'python'],
  [/\.[cm]?js$/i, 'node'],
  [/\.(sh|bash)$/i, 'bash'],
];

export type ScriptFile =
  | { kind: 'read'; code: string; language: JobLanguage | null }
  | { kind: 'too large' }
  | { kind: 'no text' };

/** A script from a file; its language by the end of its name, null where that says nothing. */
export async function readScriptFile(file: File, mostBytes: number): Promise<ScriptFile> {
  if (file.size > mostBytes) return { kind: 'too large' };
  try {
    const code = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    const language = LANGUAGES.find(([end]) => end.test(file.name))?.[1] ?? null;
    return code.includes('\0') ? { kind: 'no text' } : { kind: 'read', code, language };
  } catch {
    return { kind: 'no text' };
  }
}
