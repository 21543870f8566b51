import type { JobLanguage, JobScript } from '#lib/schemas/job';
import { isJobScript } from '../guards.ts';

/** What each language begins with, so that the first job can be run at once. */
const BEGINNINGS: Readonly<Record<JobLanguage, string>> = {
  python: 'name = input()\nprint(f"Hello, {name}")\n',
  node: "process.stdin.on('data', (name) => {\n  console.log('Hello, ' + String(name).trim())\n})\n",
  bash: 'read -r name\necho "Hello, $name"\n',
};

export const NEW: JobScript = { language: 'python', code: BEGINNINGS.python, input: 'world\n', retryable: false };

/** In another language: what nobody has written here makes room for that language's beginning. */
export function inLanguage(draft: JobScript, language: JobLanguage): JobScript {
  const isUntouched = draft.code.trim() === '' || draft.code === BEGINNINGS[draft.language];
  return { ...draft, language, code: isUntouched ? BEGINNINGS[language] : draft.code };
}

export function isSame(a: JobScript, b: JobScript): boolean {
  return a.language === b.language && a.code === b.code && a.input === b.input && a.retryable === b.retryable;
}

/** One for what is new, one for each job that is to be run in another way. */
const keyOf = (from: number | null) => (from === null ? 'vigia:new-job' : `vigia:new-job:${from}`);

/** Keeps a draft for as long as this tab lives, also over a reload; null for none. */
export function keepDraft(from: number | null, draft: JobScript | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(keyOf(from));
    else sessionStorage.setItem(keyOf(from), JSON.stringify(draft));
  } catch {
    // The browser keeps nothing, or no more: the draft lives as long as the page does.
  }
}

export function findDraft(from: number | null): JobScript | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(from)) ?? 'null');
    return isJobScript(kept) ? kept : null;
  } catch {
    return null;
  }
}
