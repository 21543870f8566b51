import type { Language } from '#lib/schemas/function';
import { familyOf, filesOfModule, languageOfModule, modulesAmong } from './module-files.ts';
import type { ModuleNames } from './module-names.ts';
import { howToImport, type PythonImport } from './python-import.ts';

/** Where a function without a named module is looked for first. */
const USUAL_NAMES = ['main', 'handler', 'usermodule', 'function'];
const MAX_LISTED = 12;

type Question = {
  /** Names relative to the archive, with slashes. */
  files: readonly string[];
  /** The one top-level folder, which stands for the root. */
  folder: string | null;
  /** `function`, `module.function`, `package.module.function` or `path/to/file.py:function`. */
  handler: string;
  /** The module that the user has named as the entry. */
  entryFile?: string | undefined;
  language?: Language | undefined;
  /** Finds the top-level names of modules. */
  namesIn: (files: readonly string[]) => Promise<ReadonlyMap<string, ModuleNames>>;
};

type Entry =
  | ({ kind: 'located'; file: string; language: Language; handler: string } & PythonImport)
  | { kind: 'not located'; reason: string };

/** Which module of an archive has the handler. */
export async function locateEntry(question: Question): Promise<Entry> {
  const { handler, entryFile, language, files } = question;
  const modules = modulesAmong(files, language);
  const { module, name } = partsOf(handler);
  if (name === '') return { kind: 'not located', reason: `FUNCTION_HANDLER is ${handler}: it names no function` };
  const named = module ?? entryFile ?? null;
  if (named === null) return await search(question, modules, name);
  const setting = module === null ? `ZIP_ENTRY_FILE is ${entryFile}` : `FUNCTION_HANDLER is ${handler}`;
  const [file, other] = filesOfModule(named, new Set(modules), question.folder);
  if (file === undefined) {
    return {
      kind: 'not located',
      reason: `${setting}, but the archive has no such module; it has: ${listed(modules)}`,
    };
  }
  if (other !== undefined) return { kind: 'not located', reason: `${setting}: that can be ${file} or ${other}` };
  return located(question, file, name, languageOfModule(named) === null && !named.includes('/') ? named : null);
}

/** The module, when there is one, stands before the last colon or else before the last dot. */
export function partsOf(handler: string): { module: string | null; name: string } {
  const at = handler.includes(':') ? handler.lastIndexOf(':') : handler.lastIndexOf('.');
  return at === -1
    ? { module: null, name: handler }
    : { module: handler.slice(0, at).trim(), name: handler.slice(at + 1).trim() };
}

function located(question: Question, file: string, handler: string, dottedName: string | null): Entry {
  const language = languageOfModule(file) ?? 'python';
  const how =
    familyOf(language) === 'python'
      ? howToImport(file, new Set(question.files), question.folder, dottedName)
      : { module: null, importFolders: [] };
  return { kind: 'located', file, language, handler, ...how };
}

/** The usual names first, in their order; then the only module that has the function. */
async function search(question: Question, modules: readonly string[], name: string): Promise<Entry> {
  const [only, ...others] = modules;
  if (only === undefined) {
    const which = question.language === undefined ? '' : ` in ${question.language}`;
    return { kind: 'not located', reason: `the archive holds no module${which}` };
  }
  // It will say itself what it has.
  if (others.length === 0) return located(question, only, name, null);
  const usual = USUAL_NAMES.map((usualName) => filesOfModule(usualName, new Set(modules), question.folder));
  const names = new Map(await question.namesIn(usual.flat()));
  for (const candidates of usual) {
    const having = whoHas(name, candidates, names);
    if (having.length > 0) return choose(question, having, name);
  }
  const rest = modules.filter((file) => !names.has(file));
  for (const [file, found] of await question.namesIn(rest)) names.set(file, found);
  const having = whoHas(name, modules, names);
  if (having.length > 0) return choose(question, having, name);
  return {
    kind: 'not located',
    reason: `no module of the archive has a function called '${name}' at its top level; it has: ${listed(modules, names)}`,
  };
}

function choose(question: Question, [file, ...others]: readonly string[], name: string): Entry {
  if (file !== undefined && others.length === 0) return located(question, file, name, null);
  const rest = others.length > 1 ? ` and ${others.length - 1} more` : '';
  return {
    kind: 'not located',
    reason: `both ${file} and ${others[0]}${rest} have a function called '${name}'; name one with ZIP_ENTRY_FILE`,
  };
}

/** Those that define it; without any, those that import it from elsewhere; then those whose default export may be it. */
function whoHas(name: string, files: readonly string[], names: ReadonlyMap<string, ModuleNames>): string[] {
  const having = (test: (found: ModuleNames) => boolean) =>
    files.filter((file) => {
      const found = names.get(file);
      return found !== undefined && test(found);
    });
  const defining = having(({ defines }) => defines.includes(name));
  if (defining.length > 0) return defining;
  const importing = having(({ imports }) => imports.includes(name));
  if (importing.length > 0) return importing;
  return name === 'handler' ? having(({ defines }) => defines.includes('default')) : [];
}

function listed(modules: readonly string[], names?: ReadonlyMap<string, ModuleNames>): string {
  if (modules.length === 0) return 'no module';
  const shown = modules.slice(0, MAX_LISTED).map((file) => {
    const found = names?.get(file);
    if (found === undefined) return file;
    return `${file} (${found.problem ?? (found.defines.slice(0, MAX_LISTED).join(', ') || 'nothing')})`;
  });
  const more = modules.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
