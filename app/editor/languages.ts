import { indentUnit } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { Language } from '#lib/schemas/function';

/** What an editor can show: a language of functions, or text without a grammar. */
export type EditedLanguage = Language | 'plain';

/** Grammar and indentation of a language; each grammar is loaded when a text needs it. */
export async function languageExtension(language: EditedLanguage): Promise<Extension> {
  if (language === 'plain') return indentUnit.of('  ');
  if (language === 'python') {
    const { python } = await import('@codemirror/lang-python');
    return [python(), indentUnit.of('    ')];
  }
  const { javascript } = await import('@codemirror/lang-javascript');
  return [javascript({ typescript: language === 'typescript' }), indentUnit.of('  ')];
}
