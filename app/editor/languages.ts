import { indentUnit } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { Language } from '#lib/schemas/function';

/** Grammar and indentation of a language; each grammar is loaded when a text needs it. */
export async function languageExtension(language: Language): Promise<Extension> {
  if (language === 'python') {
    const { python } = await import('@codemirror/lang-python');
    return [python(), indentUnit.of('    ')];
  }
  const { javascript } = await import('@codemirror/lang-javascript');
  return [javascript({ typescript: language === 'typescript' }), indentUnit.of('  ')];
}
