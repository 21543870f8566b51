import type { Language } from '#lib/schemas/function';
import type { FileBase } from './code-base.ts';

/** What somebody has written and not deployed, with what they began from. */
export type Draft = { base: FileBase; text: string; language: Language };

const prefixOf = (name: string) => `vigia:draft:${name}:v`;
const keyOf = (name: string, { number }: FileBase) => `${prefixOf(name)}${number ?? 0}`;

/** Keeps a draft for as long as this tab lives, also over a reload; one that is as its base is none. */
export function keepDraft(name: string, draft: Draft): void {
  const isNone = draft.text === draft.base.text && draft.language === draft.base.language;
  try {
    if (isNone) sessionStorage.removeItem(keyOf(name, draft.base));
    else sessionStorage.setItem(keyOf(name, draft.base), JSON.stringify(draft));
  } catch {
    // The browser keeps nothing, or no more: the draft lives as long as the page does.
  }
}

export function dropDraft(name: string, base: FileBase): void {
  try {
    sessionStorage.removeItem(keyOf(name, base));
  } catch {
    // It could not be kept either.
  }
}

/** The draft on the newest version that has one. */
export function findDraft(name: string): Draft | null {
  try {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(prefixOf(name)));
    const [newest] = keys.sort((a, b) => numberIn(b, name) - numberIn(a, name));
    const kept: unknown = newest === undefined ? null : JSON.parse(sessionStorage.getItem(newest) ?? 'null');
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

function numberIn(key: string, name: string): number {
  return Number(key.slice(prefixOf(name).length));
}

function isDraft(value: unknown): value is Draft {
  return isFile(value) && 'base' in value && isFile(value.base) && 'number' in value.base;
}

function isFile(value: unknown): value is { text: string; language: Language } {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('language' in value)) return false;
  return typeof value.text === 'string' && ['python', 'javascript', 'typescript'].includes(String(value.language));
}
